package dev.gtmroutes.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.IOHelper;

/**
 * The body of an answer as text, as far as a person would read it. Whatever is wrong with the body, the status has
 * arrived and counts: nothing here fails.
 */
public final class AnswerText {

    /** A longer answer is cut, however long it is. */
    static final int MOST_BYTES = 64 * 1024;
    /** So much more is read to use the connection again; an even longer answer costs its connection. */
    private static final int MOST_SKIPPED = 1024 * 1024;

    private AnswerText() {
    }

    /** @return the text; the message's body is read by that */
    public static String of(Message message) {
        if (!(message.getBody() instanceof InputStream stream)) {
            return message.getBody() == null ? "" : message.getBody(String.class);
        }
        byte[] start = {};
        String end = "";
        try (stream) {
            start = stream.readNBytes(MOST_BYTES);
            long more = stream.skip(MOST_SKIPPED);
            end = more > 0 ? " … (cut)" : "";
        } catch (IOException e) {
            end = " … (broken off: " + e.getClass().getSimpleName() + ")";
        }
        return new String(start, charset(message.getHeader(Exchange.CONTENT_TYPE, String.class))) + end;
    }

    private static Charset charset(String contentType) {
        try {
            String name = contentType == null ? null : IOHelper.getCharsetNameFromContentType(contentType);
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
