package dev.gtmroutes.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.TestSend;
import dev.gtmroutes.credential.TestedRequest;
import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.SamplePayloads;
import dev.gtmroutes.delivery.SampleRequest;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.CredentialUse;
import dev.gtmroutes.lint.KameletDefinition;
import dev.gtmroutes.lint.Kamelets;
import dev.gtmroutes.lint.Outline;
import dev.gtmroutes.lint.Parameter;
import dev.gtmroutes.lint.VendorApi;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The requests that a template would send for sample records, and one of them sent for real. They are made by the
 * delivery itself. What a setting with a secret stands for is only ever sent, never shown.
 */
@Singleton
public class SampleRequests {

    /** The word to type for a test that has an effect each time, or one that cannot be undone. */
    public static final String CONFIRMATION = "send";

    private static final Logger LOG = Logger.getLogger(SampleRequests.class);
    private static final String DELIVERY = "http-delivery-sink";
    private static final String CREDENTIAL = "credential";

    /** What is tried: a template with some settings, and records. */
    public record Sample(String template, Map<String, String> parameters, String records) {
    }

    /**
     * What would be sent.
     *
     * @param requests          in their order, with credentials shown as {@code ***}
     * @param refused           records that would not be sent
     * @param wantsConfirmation whether a test of it wants to be confirmed: it has an effect each time, or for good
     * @param credentialProblem why it cannot be sent for now; empty if it can
     */
    public record Previewed(List<SampleRequest> requests, List<Preview.Refused> refused, boolean wantsConfirmation,
            String credentialProblem) {
    }

    /** A request that was sent, as it may be shown, and what came of it. */
    public record Tested(SampleRequest request, TestedRequest outcome) {
    }

    private final Flows flows;
    private final SamplePayloads payloads;
    private final TestSend sender;
    private final Set<String> testHosts;

    SampleRequests(Flows flows, CamelContext camel,
            @ConfigProperty(name = "gtm.console.test-hosts") Optional<List<String>> testHosts) {
        this.flows = flows;
        this.payloads = new SamplePayloads(camel);
        this.sender = new TestSend(camel);
        this.testHosts = new HashSet<>();
        testHosts.ifPresent(all -> all.forEach(each -> this.testHosts.add(each.strip().toLowerCase(Locale.ROOT))));
    }

    /** @throws RefusedSample if no requests can be made of it */
    public Previewed preview(Sample sample) throws RefusedSample {
        return run(sample, SampleParameters.shown(sample.parameters()));
    }

    /**
     * Sends one request for real. No flow counts it, and nothing repeats it.
     *
     * @param number       which of the requests, from 0
     * @param confirmation what somebody has typed who was asked to
     * @throws RefusedSample if it cannot be made, or is not sent
     */
    public Tested test(Sample sample, int number, String confirmation) throws RefusedSample, InterruptedException {
        Previewed shown = preview(sample);
        if (!shown.credentialProblem().isEmpty()) {
            throw new RefusedSample("sink." + CREDENTIAL, shown.credentialProblem());
        }
        if (number < 0 || number >= shown.requests().size()) {
            throw new RefusedSample("", "these records make no request " + (number + 1));
        }
        if (shown.wantsConfirmation() && !CONFIRMATION.equalsIgnoreCase(confirmation.strip())) {
            throw new RefusedSample("", "the vendor carries this out each time, or for good: to send it nevertheless, "
                    + "type the word " + CONFIRMATION);
        }
        Map<String, String> parameters = SampleParameters.given(sample.parameters());
        boolean hidesNothing = SampleParameters.shown(sample.parameters()).equals(parameters);
        SampleRequest real = (hidesNothing ? shown : run(sample, parameters)).requests().get(number);
        if (real.way() == null) {
            throw new RefusedSample("", "only HTTP requests can be tested");
        }
        checkHost(real);
        TestedRequest outcome = sender.send(real);
        LOG.infof("Test data sent by %s: %s", sample.template(),
                outcome.status() == 0 ? outcome.detail() : "answered " + outcome.status());
        return new Tested(shown.requests().get(number), outcome);
    }

    private void checkHost(SampleRequest request) throws RefusedSample {
        String host = URI.create(request.url()).getRawAuthority().toLowerCase(Locale.ROOT);
        if (request.way().baseUrl().isEmpty() && !testHosts.contains(host)
                && !testHosts.contains(host.replaceFirst(":\\d+$", ""))) {
            throw new RefusedSample("", "tests go to the vendor's own host only, and " + host + " is another one; allow it "
                    + "by the setting gtm.console.test-hosts");
        }
    }

    /** One at a time: each makes routes and takes them away. */
    private synchronized Previewed run(Sample sample, Map<String, String> parameters) throws RefusedSample {
        Kamelets known = flows.kamelets();
        KameletDefinition template = known.find(sample.template()).filter(each -> each.type().equals("sink"))
                .orElseThrow(() -> new RefusedSample("template", "choose where records go"));
        if (!sendsRequests(sample.template(), known)) {
            throw new RefusedSample("", "this template sends no requests that could be shown");
        }
        Map<String, String> used = new TreeMap<>(parameters);
        String credentialProblem = share(template, used, known);
        try {
            Preview preview = payloads.of(sample.template(), used, sample.records().getBytes(StandardCharsets.UTF_8));
            return new Previewed(preview.requests(), preview.refused(), template.isIrreversible() || preview.requests()
                    .stream().anyMatch(each -> each.way() != null && each.way().onceOnly()), credentialProblem);
        } catch (Exception e) {
            String message = innermost(e);
            throw new RefusedSample(template.parameterNames().stream()
                    .filter(each -> Pattern.compile("\\b" + Pattern.quote(each) + "\\b").matcher(message).find())
                    .findFirst().map(each -> "sink." + each).orElse(""), message);
        }
    }

    /**
     * Has the route of the vendor API made as a flow would make it, so that it stays when the preview ends. Where the
     * credential is not set, another one that is none takes its place: requests can be shown before there is one.
     *
     * @return what is wrong with the credential; empty if it can be used
     */
    private String share(KameletDefinition template, Map<String, String> parameters, Kamelets known)
            throws RefusedSample {
        String problem = "";
        for (VendorApi each : CredentialUse.apis(template.fileName(), known)) {
            String usual = template.parameter(CREDENTIAL).map(Parameter::defaultValue).orElse("default");
            try {
                flows.share(each.endpoint(parameters.getOrDefault(CREDENTIAL, usual)));
            } catch (Exception e) {
                problem = innermost(e);
                parameters.put(CREDENTIAL, Credential.NONE);
                shareNone(each);
            }
        }
        return problem;
    }

    private void shareNone(VendorApi api) throws RefusedSample {
        try {
            flows.share(api.endpoint(Credential.NONE));
        } catch (Exception e) {
            throw new RefusedSample("", innermost(e));
        }
    }

    /** Whether it ends in the delivery, and what that calls knows of previews: nothing else may be run for one. */
    private static boolean sendsRequests(String template, Kamelets known) {
        Set<String> called = new HashSet<>();
        collect(template, known, called);
        return called.contains(DELIVERY) && called.stream().filter(each -> each.endsWith("-action"))
                .map(each -> known.find(each).orElseThrow().file().text())
                .allMatch(each -> each.contains(Preview.PROPERTY) || each.contains("kafka.TopicSender"));
    }

    private static void collect(String kamelet, Kamelets known, Set<String> called) {
        known.find(kamelet).filter(each -> called.add(kamelet))
                .ifPresent(each -> Outline.of(each).calls().forEach(call -> collect(call, known, called)));
    }

    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
