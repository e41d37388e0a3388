// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;

class BeanParametersTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));

    @Test
    void allTextsOfTemplatesEndInBeansButTheNameOfTheCredential() {
        BeanParameters beans = new BeanParameters(KNOWN);
        for (KameletDefinition each : KNOWN.all()) {
            if (each.type().equals("sink") && !each.fileName().equals("http-delivery-sink")) {
                Set<String> others = new TreeSet<>(each.parameterNames());
                others.removeIf(name -> beans.has(each.fileName(), name));
                // Camel itself reads this one as the interval of its aggregator: a number.
                others.remove("batchTimeout");
                assertThat(others).as(each.fileName()).isSubsetOf("credential");
            }
        }
    }

    @Test
    void allTextsOfSourcesOfListsEndInBeansButTheNameOfTheCredential() {
        BeanParameters beans = new BeanParameters(KNOWN);
        List<KameletDefinition> lists = KNOWN.all().stream()
                .filter(each -> each.beanNames().contains("restRecords") && each.parameter("api").isEmpty()).toList();
        assertThat(lists).hasSizeGreaterThan(30);
        for (KameletDefinition each : lists) {
            Set<String> others = new TreeSet<>(each.parameterNames());
            others.removeIf(name -> beans.has(each.fileName(), name));
            assertThat(others).as(each.fileName()).containsExactly("credential");
        }
    }

    @Test
    void whatEndsInAUriIsCamelsOwn() {
        BeanParameters beans = new BeanParameters(KNOWN);

        assertThat(beans.has("kafka-records-source", "topic")).isFalse();
        assertThat(beans.has("kafka-records-source", "brokers")).isFalse();
        assertThat(beans.has("inbox-source", "quiet")).isTrue();
        assertThat(beans.has("http-delivery-sink", "api")).isFalse();
        assertThat(beans.has("http-delivery-sink", "vendorBody")).isTrue();
        assertThat(beans.has("kafka-records-sink", "keyBy")).isTrue();
        assertThat(beans.has("no-such-sink", "x")).isFalse();
        assertThat(beans.has("inbox-source", "nothing")).isFalse();
    }

    @Test
    void whatAnExpressionOrAnotherDefaultTakesIsNoBeans() {
        BeanParameters beans = new BeanParameters(Kamelets.of(List.of(KameletDefinition.of(YamlFile.of(
                Path.of("own-sink.kamelet.yaml"), """
                        spec:
                          definition:
                            properties:
                              said: {type: string}
                              named: {type: string}
                              other: {type: string, default: "x-{{named}}"}
                              plain: {type: string}
                          template:
                            beans:
                              - name: bean
                                type: "#class:x.Y"
                                properties: {a: "{{said}}", b: "{{plain}}", c: "{{named}}"}
                            from:
                              uri: kamelet:source
                              steps:
                                - setBody: {expression: {simple: {expression: "{{said}}"}}}
                                - to: {uri: "log:{{other}}"}
                        """)))));

        assertThat(beans.has("own-sink", "said")).isFalse();
        assertThat(beans.has("own-sink", "named")).isFalse();
        assertThat(beans.has("own-sink", "other")).isFalse();
        assertThat(beans.has("own-sink", "plain")).isTrue();
    }
}
