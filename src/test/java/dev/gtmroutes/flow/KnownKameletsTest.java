// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.flow.files.RouteFiles;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Others keep what they have made of the Kamelets as long as they are given the same object. */
class KnownKameletsTest {

    private static final Path FILE = Path.of("routes/kamelets/customerly/customerly-create-lead-sink.kamelet.yaml");

    private final KnownKamelets known = new KnownKamelets(new DefaultCamelContext(),
            Kamelets.in(Path.of("routes/kamelets")));

    private static RouteFiles.Source source(String text) {
        return new RouteFiles.Source(FILE, text.getBytes(), YamlFile.of(FILE, text));
    }

    private String title() {
        return known.all().find("customerly-create-lead-sink").orElseThrow().title();
    }

    @Test
    void theyAreOthersOnlyWhenOneChanges() throws Exception {
        known.update(List.of());
        Kamelets packaged = known.all();
        known.update(List.of());
        assertThat(known.all()).isSameAs(packaged);

        String text = Files.readString(FILE);
        RouteFiles.Source edited = source(text.replace("title: Create Lead Sink", "title: New Lead Sink"));
        String before = title();
        known.update(List.of(edited));
        assertThat(known.all()).isNotSameAs(packaged);
        assertThat(title()).isNotEqualTo(before);
        Kamelets changed = known.all();
        known.update(List.of(edited));
        assertThat(known.all()).isSameAs(changed);

        known.refuse("customerly-create-lead-sink", edited.yaml().text(), text, "no route can be made of it");
        assertThat(title()).isEqualTo(before);
    }
}
