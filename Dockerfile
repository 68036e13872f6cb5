# One image for every program of ours. The wheels are fetched with their hashes checked; what is not needed to
# run (tests, linters) stays behind with the builder.
FROM python:3.11.13-slim-bookworm AS builder
WORKDIR /source
COPY requirements.lock .
RUN pip wheel --no-cache-dir --no-deps --require-hashes --wheel-dir /wheels --requirement requirements.lock
COPY . .
ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && python -m venv /opt/gespreksrapportage \
    && /opt/gespreksrapportage/bin/pip install --no-cache-dir gespreksrapportage

FROM python:3.11.13-slim-bookworm
RUN useradd --uid 10001 --home-dir /var/lib/gespreksrapportage --create-home --shell /usr/sbin/nologin gespreksrapportage
COPY --from=builder /opt/gespreksrapportage /opt/gespreksrapportage
ENV PATH=/opt/gespreksrapportage/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp
USER 10001:10001
WORKDIR /var/lib/gespreksrapportage
ENTRYPOINT ["gespreksrapportage"]
CMD ["--help"]
