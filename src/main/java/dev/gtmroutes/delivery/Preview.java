package dev.gtmroutes.delivery;

import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.record.SourceRecord;
import org.apache.camel.Exchange;

/**
 * Collects the requests that a delivery would send. On an exchange as the property {@link #PROPERTY}, it takes the place
 * of the HTTP call in the vendor API, and of the dead letters; everything before is the delivery itself.
 */
public final class Preview implements Rejections {

    /** Exchange property of type {@link Preview}. */
    public static final String PROPERTY = "GtmPreview";

    /** A record that would not be sent. */
    public record Refused(long line, String reason) {
    }

    private final List<SampleRequest> requests = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    /** @return the preview that this exchange is for, or null if it is the real thing */
    static Preview of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Preview.class);
    }

    /** @return where records that this exchange rejects go: to the dead letters, or to the preview that it is for */
    static Rejections or(Rejections deadLetters, Exchange exchange) {
        Preview preview = of(exchange);
        return preview == null ? deadLetters : preview;
    }

    /** To be called by a vendor API in the place of its HTTP call. */
    public synchronized void add(SampleRequest request) {
        requests.add(request);
    }

    @Override
    public synchronized void write(Chunk chunk, List<SourceRecord> records, Rejection rejection) {
        for (SourceRecord each : records) {
            refused.add(new Refused(each.line(), rejection.reason()));
        }
    }

    /** The requests that would be sent, in the order in which they would be. */
    public synchronized List<SampleRequest> requests() {
        return List.copyOf(requests);
    }

    /** The records that would be rejected without being sent. */
    public synchronized List<Refused> refused() {
        return List.copyOf(refused);
    }
}
