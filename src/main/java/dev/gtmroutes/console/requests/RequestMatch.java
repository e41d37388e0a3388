// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.gtmroutes.console.web.ResponseStatus;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RequestDetails;

/**
 * Whether a request is one of those that a person wants to see. Only what the page shows is searched: a search for a part of
 * a secret finds nothing.
 *
 * @param filter  which ones
 * @param shown   what of them the person sees
 * @param log     has the keys of records
 * @param vendor  the title of the vendor of a request
 */
record RequestMatch(RequestFilter filter, ShownRequests shown, RequestLog log, Function<RecentRequest, String> vendor)
        implements
        Predicate<RecentRequest> {

    @Override
    public boolean test(RecentRequest request) {
        return (filter.vendor().isEmpty() || vendor.apply(request).equals(filter.vendor()))
                && OutcomeChip.matches(filter.outcome(), request.result())
                && (filter.search().isEmpty() || has(request, filter.search().toLowerCase(Locale.ROOT)));
    }

    private boolean has(RecentRequest request, String text) {
        return isIn(request.flow(), text) || isIn(request.call().method() + " "
                + RequestRow.path(shown.url(request)), text)
                || isIn(ResponseStatus.of(request.status()), text)
                || request.call().id().equals(text) || isIn(shown.secrets().mask(request.problem()), text)
                || log.details(filter.flow(), request.number()).filter(each -> hasRecord(each, text)).isPresent();
    }

    private boolean hasRecord(RequestDetails details, String text) {
        return details.records().stream().anyMatch(each -> isIn(shown.secrets().mask(each.key()), text)
                || isIn(shown.secrets().mask(each.place()), text));
    }

    private static boolean isIn(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part);
    }
}
