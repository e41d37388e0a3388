package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

    private final Message answer = new DefaultExchange(new DefaultCamelContext()).getMessage();

    private String text(InputStream body, String contentType) {
        answer.setBody(body);
        answer.setHeader(Exchange.CONTENT_TYPE, contentType);
        return AnswerText.of(answer);
    }

    private static InputStream stream(String text, java.nio.charset.Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }

    @Test
    void theCharsetIsTheAnswersOwnAndUtf8WhereItIsUnknown() {
        assertThat(text(stream("é", StandardCharsets.ISO_8859_1), "text/plain; charset=iso-8859-1")).isEqualTo("é");
        assertThat(text(stream("é", StandardCharsets.UTF_8), "application/json")).isEqualTo("é");
        assertThat(text(stream("é", StandardCharsets.UTF_8), "text/plain; charset=foo-bar")).isEqualTo("é");
        assertThat(text(stream("é", StandardCharsets.UTF_8), null)).isEqualTo("é");
    }

    @Test
    void aLongAnswerIsCut() {
        String text = text(stream("x".repeat(10_000_000), StandardCharsets.US_ASCII), "text/plain");

        assertThat(text).hasSizeLessThan(AnswerText.MOST_BYTES + 20).endsWith(" … (cut)");
    }

    @Test
    void whatCameOfABrokenAnswerIsKept() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThat(text(broken, "text/plain")).isEqualTo(" … (broken off: IOException)");
    }

    @Test
    void noBodyIsNoText() {
        assertThat(AnswerText.of(answer)).isEmpty();
    }
}
