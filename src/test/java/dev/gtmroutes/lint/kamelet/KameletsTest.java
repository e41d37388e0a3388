// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import dev.gtmroutes.parameter.DidYouMean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KameletsTest {

    private static final Path OWN = Path.of("routes/kamelets");

    @TempDir
    Path directory;

    @Test
    void readsWhatAFileDeclares() {
        KameletDefinition kamelet = Kamelets.in(OWN).find("people-ai-api-action").orElseThrow();
        assertThat(kamelet.title()).isEqualTo("People.ai API Action");
        assertThat(kamelet.description()).startsWith("Sends one HTTP request to People.ai.");
        assertThat(kamelet.type()).isEqualTo("action");
        assertThat(kamelet.annotations()).containsEntry("camel.apache.org/kamelet.group", "People.ai");
        assertThat(kamelet.isIrreversible()).isFalse();
        assertThat(kamelet.parameter("apiKey").orElseThrow()).satisfies(key -> {
            assertThat(key.required()).isFalse();
            assertThat(key.isPassword()).isTrue();
            assertThat(key.isMaskedByCamel()).isTrue();
            assertThat(key.defaultValue()).isEmpty();
        });
        assertThat(kamelet.parameters()).extracting(Parameter::name)
                .containsExactly("apiKey", "accessToken", "clientId", "clientSecret", "credentialHeader",
                        "credentialPrefix", "baseUrl", "tokenUrl", "rateLimit", "instances", "connectTimeout",
                        "responseTimeout", "retryMaxDelay", "requestTimeout", "outcomes", "failureWhen");
    }

    /** So that tools tell them apart, and find the classes that they name. */
    @Test
    void ourOwnHaveATitleEachAndTheJarOfTheirClasses() {
        Collection<KameletDefinition> own = Kamelets.in(OWN).all();
        assertThat(own).extracting(KameletDefinition::title).doesNotHaveDuplicates();
        assertThat(own).extracting(KameletDefinition::description).doesNotHaveDuplicates();
        assertThat(own).flatExtracting(KameletDefinition::dependencies).allMatch(each -> each.startsWith("camel:")
                || each.equals("mvn:dev.gtmroutes:gtm-routes-kamelets:0.1.0-SNAPSHOT"));
    }

    @Test
    void findsThoseOnTheClasspath() {
        assertThat(Kamelets.onClasspath(getClass().getClassLoader()).names()).containsAll(Kamelets.in(OWN).names());
    }

    @Test
    void findsThoseInAJar() throws IOException {
        Path jar = directory.resolve("some.jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
            for (String each : new String[] {"http-delivery-sink", "x-sink"}) {
                entries.putNextEntry(new JarEntry("kamelets/" + each + ".kamelet.yaml"));
                entries.write(("metadata: {name: " + each + "}").getBytes(StandardCharsets.UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Kamelets found = Kamelets.onClasspath(loader);
            assertThat(found.names()).containsExactly("http-delivery-sink", "x-sink");
            assertThat(found.find("x-sink").orElseThrow().name()).isEqualTo("x-sink");
        }
    }

    @Test
    void thoseInADirectoryComeFirst() throws IOException {
        Files.writeString(directory.resolve("http-delivery-sink.kamelet.yaml"), "spec: {definition: {title: Mine}}");
        Kamelets both = Kamelets.in(directory).or(Kamelets.in(OWN));
        assertThat(both.find("http-delivery-sink").orElseThrow().title()).isEqualTo("Mine");
        assertThat(both.names()).hasSizeGreaterThan(1);
        assertThat(Kamelets.in(directory.resolve("none")).all()).isEmpty();
    }

    @Test
    void suggestsWhatIsNear() {
        assertThat(DidYouMean.suggestion("batchsize", Kamelets.in(OWN).find("http-delivery-sink").orElseThrow()
                .parameterNames(), "")).isEqualTo(": did you mean batchSize?");
        assertThat(DidYouMean.suggestion("x", Set.of("ab"), ": none")).isEqualTo(": none");
        assertThat(DidYouMean.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(DidYouMean.distance("", "abc")).isEqualTo(3);
    }
}
