"""Agreements and contracts of a programme."""

from django.urls import path

from .views import discussing, paper, signing, states, wording

app_name = "contracts"

urlpatterns = [
    path("", states.home, name="home"),
    path("named/", states.named, name="named"),
    path("template/", wording.template, name="template"),
    path("template/party/", wording.party, name="party"),
    path("template/arrange/", wording.arrange, name="arrange"),
    path("template/preview.pdf", wording.preview, name="preview"),
    path("template/clauses/<slug:key>/", wording.clause, name="clause"),
    path("<uuid:partnership>/", discussing.agreement, name="agreement"),
    path("<uuid:partnership>/discuss/", discussing.discuss, name="discuss"),
    path("<uuid:partnership>/accept/", discussing.accept, name="accept"),
    path("<uuid:partnership>/change/", discussing.change, name="change"),
    path("<uuid:partnership>/withdraw/", discussing.withdraw, name="withdraw"),
    path("<uuid:partnership>/ready/", signing.ready, name="ready"),
    path("<uuid:partnership>/sign/", signing.sign, name="sign"),
    path("<uuid:partnership>/decline/", signing.decline, name="decline"),
    path("<uuid:partnership>/paper/", paper.paper, name="paper"),
    path("<uuid:partnership>/paper/confirm/", paper.confirm, name="confirm"),
    path("<uuid:partnership>/paper/scan/", paper.scan, name="scan"),
    path("<uuid:partnership>/remind/", signing.remind, name="remind"),
    path("<uuid:partnership>/agreement.pdf", signing.version, name="version"),
    path("<uuid:partnership>/contract.pdf", signing.download, name="download"),
    path("<uuid:partnership>/contracts/<uuid:pk>/", signing.earlier, name="earlier"),
]
