// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What identifies a record, and when two have the same form. */
class RecordFormTest {

    private static RecordForm form(String record, Consumer<RequestMapping> settings) throws UnfitRecordException {
        RequestMapping shape = new RequestMapping();
        shape.setOnlyChanged("id");
        shape.setPath("/things");
        settings.accept(shape);
        return shape.apply(new SourceRecord(record.getBytes(StandardCharsets.UTF_8), 0, 1, null)).form();
    }

    private static RecordForm form(String record) throws UnfitRecordException {
        return form(record, shape -> {
        });
    }

    @Test
    void withoutTheSettingThereIsNone() throws Exception {
        assertThat(form("{\"id\":1}", shape -> shape.setOnlyChanged(" "))).isNull();
    }

    @Test
    void theKeyIsTheTextOfItsValues() throws Exception {
        assertThat(form("{\"id\":1}").key()).isEqualTo(form("{\"id\":\"1\",\"v\":2}").key()).isEqualTo(
                KeyHash.of(List.of("1")));
        assertThat(form("{\"id\":{\"a\":1}}").key()).isNotEqualTo(form("{\"id\":{\"a\":2}}").key());
        assertThat(form("{\"id\":\"\"}")).isNull();
        assertThat(form("{\"id\":null}")).isNull();
        assertThat(form("{\"other\":1}")).isNull();
        assertThat(KeyHash.of(List.of("a", "bc"))).isNotEqualTo(KeyHash.of(List.of("ab", "c")));
        assertThat(KeyHash.parse(KeyHash.of(List.of("x")).toString())).isEqualTo(KeyHash.of(List.of("x")));
        assertThat(Stream.of("", "x", "0".repeat(32), "g".repeat(32)).map(KeyHash::parse)).containsOnlyNulls();
    }

    @Test
    void theFormIsWhatWouldBeSent() throws Exception {
        String record = "{\"id\":1,\"v\":2,\"x\":3}";
        String other = "{\"id\":1,\"v\":2,\"x\":4}";
        assertThat(form(record)).isEqualTo(form(record)).isNotEqualTo(form(other));
        Consumer<RequestMapping> withoutX = shape -> shape.setExcludeAttributes("x");
        assertThat(form(record, withoutX)).isEqualTo(form(other, withoutX));
        Consumer<RequestMapping> asForm = shape -> shape.setContentFormat("form");
        assertThat(form(record, asForm)).isEqualTo(form(record, asForm)).isNotEqualTo(form(other, asForm))
                .isNotEqualTo(form(record));
        Consumer<RequestMapping> urlOnly = shape -> {
            shape.setPath("/things/{id}/{v}");
            shape.setBody("none");
        };
        assertThat(form(record, urlOnly)).isEqualTo(form(other, urlOnly))
                .isNotEqualTo(form("{\"id\":1,\"v\":3}", urlOnly));
        assertThat(form(record, shape -> shape.setSentBy("PUT a"))).isNotEqualTo(
                form(record, shape -> shape.setSentBy("PUT b")));
        assertThat(form(record, shape -> shape.setBody("{\"a\":\"{*}\",\"b\":1}"))).isNotEqualTo(
                form(record, shape -> shape.setBody("{\"a\":\"{*}\",\"b\":2}")));
    }
}
