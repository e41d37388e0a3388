package dev.gtmroutes.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.SamplePayloads;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowWatch;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.StoredFlow;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

/** The requests that replays would send now, made by the delivery itself, with their credentials masked. */
@Singleton
public class LetterRequests {

    /** The routes that its requests go through are there. */
    private static final Set<FlowState> READY = Set.of(FlowState.ACTIVE, FlowState.PAUSED,
            FlowState.PAUSED_AFTER_REJECTIONS);
    /** Parameters in which the placeholder of a setting may stand for a secret. */
    private static final Set<String> SECRETIVE = Set.of("requestHeaders", "url");

    private final FlowWatch watch;
    private final FlowFiles files;
    private final SamplePayloads payloads;

    LetterRequests(FlowWatch watch, FlowFiles files, CamelContext camel) {
        this.watch = watch;
        this.files = files;
        this.payloads = new SamplePayloads(camel);
    }

    /** One at a time: each makes routes and takes them away. */
    synchronized LetterRequest of(String flow, DeadLetter letter) {
        if (watch.of(flow).filter(each -> READY.contains(each.state())).isEmpty()) {
            return LetterRequest.problem("It can be shown when the flow is loaded and has its credential.");
        }
        Optional<FlowForm> form = files.find(flow).flatMap(StoredFlow::form)
                .filter(each -> each.template().equals(letter.template() + "-sink"));
        if (form.isEmpty()) {
            return LetterRequest.problem("It can be shown for a flow that goes from one source to one template, "
                    + "which is still the same.");
        }
        try {
            Preview preview = payloads.of(form.get().template(), masked(form.get().templateParameters()),
                    letter.record());
            return preview.requests().isEmpty()
                    ? LetterRequest.problem("None: " + preview.refused().get(0).reason() + ".")
                    : new LetterRequest(preview.requests().get(0), "");
        } catch (Exception e) {
            return LetterRequest.problem("None: " + innermost(e));
        }
    }

    private static Map<String, String> masked(Map<String, String> parameters) {
        Map<String, String> masked = new TreeMap<>(parameters);
        SECRETIVE.forEach(name -> masked.computeIfPresent(name,
                (any, value) -> value.replaceAll("\\{\\{[^{}]*}}", FlowForm.KEPT)));
        return masked;
    }

    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
    }
}
