// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.gtmroutes.console.samples.RefusedSample;
import dev.gtmroutes.console.samples.SampleRequests;
import dev.gtmroutes.console.samples.SampleRequests.Previewed;
import dev.gtmroutes.console.samples.SampleRequests.Sample;
import dev.gtmroutes.console.web.HiddenQuery;
import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.record.csv.CsvCells;
import jakarta.inject.Singleton;

/** The requests that replays would send now, made by the delivery itself, with their credentials masked. */
@Singleton
public class LetterRequests {

    private final FlowFiles files;
    private final SampleRequests samples;

    LetterRequests(FlowFiles files, SampleRequests samples) {
        this.files = files;
        this.samples = samples;
    }

    /** @param mayChange whether the person may see more than a viewer, who sees no headers of the flow and no query */
    LetterRequest of(String flow, DeadLetter letter, boolean mayChange) {
        return of(flow, letter, new String(letter.record(), StandardCharsets.UTF_8), mayChange);
    }

    /** The same for a text in the place of the record. */
    LetterRequest of(String flow, DeadLetter letter, String record, boolean mayChange) {
        Optional<FlowForm> form = files.find(flow).flatMap(StoredFlow::form)
                .filter(each -> each.template().equals(letter.template() + "-sink"));
        if (form.isEmpty()) {
            return LetterRequest.problem("The request cannot be shown, because the flow has another template now or is not "
                    + "a flow with one source and one template.");
        }
        try {
            FlowForm masked = mayChange ? form.get().masked(files.kamelets()) : form.get().forViewer(files.kamelets());
            Previewed preview = samples.previewOfFile(new Sample(masked.template(), masked.templateParameters(),
                    record, CsvCells.DEFAULT));
            if (!preview.requests().isEmpty()) {
                SampleRequest shown = preview.shown().get(0);
                return new LetterRequest(mayChange ? shown : withoutQuery(shown), "",
                        preview.differences().stream().map(Preview.Difference::text).toList(), false);
            }
            return LetterRequest.refused(preview.refused().isEmpty() ? "it is not a JSON object"
                    : preview.refused().get(0).reason());
        } catch (RefusedSample e) {
            return LetterRequest.refused(e.getMessage());
        }
    }

    private static SampleRequest withoutQuery(SampleRequest shown) {
        return new SampleRequest(shown.method(), HiddenQuery.of(shown.url()), shown.headers(), shown.body(),
                shown.way());
    }
}
