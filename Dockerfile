# The executable with its C libraries and the certificates of public authorities.
#   docker build --tag assay .
#   docker run --rm --volume "$PWD:/project" assay run
# Scripts/image-steps.sh runs the same steps without Docker.
FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY . .
RUN swift build --configuration release --static-swift-stdlib -Xlinker --no-export-dynamic --product assay \
    && install -D --strip .build/release/assay /image/assay

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libstdc++6 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home assay
COPY --from=build /image/assay /usr/local/bin/assay
USER 10001
WORKDIR /project
ENTRYPOINT ["assay"]
CMD ["--help"]
