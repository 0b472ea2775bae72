"""Addresses of the public application form."""

from django.urls import path

from .views import apply

app_name = "apply"

OWN = "<slug:role>/<uuid:application>/<slug:signature>/"

urlpatterns = [
    path("<slug:role>/", apply.form, name="form"),
    path(OWN, apply.resume, name="resume"),
    path(f"{OWN}you/", apply.you, name="you"),
    path(f"{OWN}page/<int:number>/", apply.page, name="page"),
    path(f"{OWN}check/", apply.check, name="check"),
    path(f"{OWN}later/", apply.later, name="later"),
    path(f"{OWN}later/send/", apply.send_link, name="send_link"),
    path(f"{OWN}done/", apply.done, name="done"),
    path(f"{OWN}withdraw/", apply.withdraw, name="withdraw"),
]
