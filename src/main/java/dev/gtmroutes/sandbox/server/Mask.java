package dev.gtmroutes.sandbox.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.sandbox.catalogue.Vendor;

/** Hides credentials in what the sandbox shows. */
final class Mask {

    private static final String HIDDEN = "***";
    // A shorter value is likely to be an ordinary word of a record.
    private static final int SECRET_LENGTH = 8;

    private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Mask(Collection<Vendor> vendors) {
        headers.addAll(List.of("Authorization", "Proxy-Authorization", "Cookie"));
        vendors.forEach(vendor -> vendor.credential().sentAs().forEach(place -> headers.add(place.header())));
    }

    /** A header's value as it may be shown. */
    String header(RecordedRequest request, Map.Entry<String, String> header) {
        return headers.contains(header.getKey()) ? HIDDEN : text(request, header.getValue());
    }

    /** A text of a request without the credentials that came in its headers. */
    String text(RecordedRequest request, String text) {
        String shown = text;
        for (String name : headers) {
            String value = request.header(name);
            String secret = value == null ? "" : value.substring(value.lastIndexOf(' ') + 1);
            if (secret.length() >= SECRET_LENGTH) {
                shown = shown.replace(secret, HIDDEN);
            }
        }
        return shown;
    }
}
