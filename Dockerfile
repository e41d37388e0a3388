# The JVM image. routes/ and data/ are volumes: what runs here, and what must not be lost.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml application.properties ./
COPY routes routes
COPY src src
RUN mvn -B -q package -DskipTests

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --no-create-home gtm \
    && mkdir -p /gtm-routes/data && chown gtm /gtm-routes/data
WORKDIR /gtm-routes
COPY --from=build /build/target/quarkus-app app
COPY routes routes
USER 10001
VOLUME ["/gtm-routes/routes", "/gtm-routes/data"]
# A container that listens on its own loopback can be reached by nobody.
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_MANAGEMENT_HOST=0.0.0.0
EXPOSE 8080 9876
ENTRYPOINT ["java", "-jar", "app/quarkus-run.jar"]
