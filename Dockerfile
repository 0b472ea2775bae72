# One image for web, worker, beat and migrate: docker-compose.yml says which it is.

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY pyproject.toml requirements.lock ./
# uv installs what pyproject.toml names, at the versions and with the hashes of the lock; tools for tests stay out.
RUN awk '/^[a-z]/ { keep = /^uv==/ } keep' requirements.lock > uv.lock \
    && pip install --no-cache-dir --require-hashes -r uv.lock \
    && python -m venv /packages \
    && uv pip install --no-cache --python /packages --require-hashes --only-binary :all: \
        --constraint requirements.lock --requirement pyproject.toml

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin alongside \
    && install -d -o alongside -g alongside /media
COPY --from=packages /packages /packages
WORKDIR /alongside
COPY . .
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MEDIA_ROOT=/media
# The settings want every address; collecting files uses none of them.
RUN SECRET_KEY=not-used SEAL_KEY=not-used-and-32-letters-long-as-it-must-be \
    CONTENT_KEYS=none:$(python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())') \
    ALLOWED_HOSTS=localhost BASE_URL=http://localhost DATABASE_URL=postgres://localhost/none \
    CACHE_URL=locmem:// BROKER_URL=memory:// EMAIL_URL=console:// DEFAULT_FROM_EMAIL=none@example.org \
    python manage.py collectstatic --no-input --verbosity 0
USER alongside
VOLUME /media
EXPOSE 8000
# gunicorn's heartbeat files belong in memory; a request that takes half a minute has failed. The access log leaves out
# what was searched for, who asked and from where.
CMD ["gunicorn", "mentoring.wsgi", \
     "--bind=0.0.0.0:8000", \
     "--worker-class=gthread", "--workers=2", "--threads=4", \
     "--max-requests=5000", "--max-requests-jitter=500", \
     "--worker-tmp-dir=/dev/shm", "--timeout=30", "--no-control-socket", \
     "--access-logfile=-", \
     "--access-logformat=%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"]
