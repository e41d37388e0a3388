# The native image. routes/ and data/ are volumes: the flows, and the data that must not be lost. Dockerfile.jvm is for a JVM.
# For a build that can be repeated, replace each tag by a digest: docs/native.md, "Pin the images".
FROM quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 AS build
COPY --from=maven:3.9-eclipse-temurin-17 /usr/share/maven /opt/maven
USER root
WORKDIR /build
COPY pom.xml application.properties ./
COPY routes routes
COPY src src
RUN /opt/maven/bin/mvn -B -q package -Pnative -Dmaven.test.skip

FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
WORKDIR /gtm-routes
COPY --from=build /build/target/*-runner gtm-routes
COPY routes routes
RUN mkdir -m 700 data && chown 10001 data
USER 10001
VOLUME ["/gtm-routes/routes", "/gtm-routes/data"]
# The program must listen on all addresses of the container. Therefore, it does not start without a password of at least 12
# characters in GTM_CONSOLE_OPERATOR_PASSWORD, or in a file that GTM_CONSOLE_OPERATOR_PASSWORD_FILE names, and a flow accepts
# records only with its GTM_INTAKE_TOKENS_<FLOW>.
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_MANAGEMENT_HOST=0.0.0.0
EXPOSE 8080 9876
ENTRYPOINT ["./gtm-routes"]
