// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.delivery.sample.TestSend;
import dev.gtmroutes.delivery.sample.TestedRequest;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.form.EditRights;
import dev.gtmroutes.lint.flow.CredentialUse;
import dev.gtmroutes.lint.flow.SettingChecks;
import dev.gtmroutes.lint.flow.SettingValues;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.trust.CallLimits;
import dev.gtmroutes.lint.trust.ConsoleLimits;
import dev.gtmroutes.lint.trust.HostList;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.sandbox.SandboxService;
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

    /** The field of what a sample is made of. */
    static final String RECORDS = "records";

    private static final Logger LOG = Logger.getLogger(SampleRequests.class);
    private static final String CREDENTIAL = SampleParameters.CREDENTIAL;

    /** What is tried: a template with some settings, and records, with what cells become where they are CSV. */
    public record Sample(String template, Map<String, String> parameters, String records, CsvCells cells) {
    }

    /**
     * What would be sent.
     *
     * @param requests          in their order, with credentials shown as {@code ***}
     * @param shown             the same as they may be shown, with all secrets in use as {@code ***}
     * @param refused           records that would not be sent
     * @param differences       where records that would be sent differ from the schema of the endpoint
     * @param wantsConfirmation whether a test of it wants to be confirmed: it has an effect each time, or for good
     * @param isForSandbox      whether all of it goes to the sandbox of this program
     * @param credentialProblem why it cannot be sent for now; empty if it can
     */
    public record Previewed(List<SampleRequest> requests, List<SampleRequest> shown, List<Preview.Refused> refused,
            List<Preview.Difference> differences, boolean wantsConfirmation, boolean isForSandbox,
            String credentialProblem) {

        /** What a test does that is confirmed in words, as a sentence. */
        String effect() {
            return isForSandbox ? "This request goes to the sandbox. At the vendor, it would take effect and might not be "
                    + "reversible." : "This request takes effect at the vendor and may not be reversible.";
        }

        /** Tells whether the requests are still those that somebody has seen. */
        public String digest() {
            return SampleRequest.digest(requests);
        }

        /** @throws RefusedSample if there is no request of this number, or it is no HTTP request */
        SampleRequest request(int number) throws RefusedSample {
            if (number < 0 || number >= shown.size()) {
                throw new RefusedSample("", "these records result in no request " + (number + 1));
            }
            if (shown.get(number).way() == null) {
                throw new RefusedSample("", "only HTTP requests can be sent as a test");
            }
            return shown.get(number);
        }

        /** @param seen the digest of what somebody has seen; empty if nobody has */
        void check(String seen) throws RefusedSample {
            if (!seen.isEmpty() && !seen.equals(digest())) {
                throw new RefusedSample(RECORDS, "the records have changed since the preview. Update the preview and send "
                        + "again");
            }
        }
    }

    /** A request that was sent, as it may be shown, and what came of it. */
    public record Tested(SampleRequest request, TestedRequest outcome) {
    }

    private final Flows flows;
    private final CamelContext camel;
    private final SamplePayloads payloads;
    private final TestSend sender;
    private final SettingValues settings;
    private final EditRights rights;
    private final HostList testHosts;
    private final SandboxService sandbox;

    SampleRequests(Flows flows, CamelContext camel, EditRights rights, SandboxService sandbox,
            @ConfigProperty(name = "gtm.console.test-hosts") Optional<String> testHosts) {
        this.flows = flows;
        this.rights = rights;
        this.sandbox = sandbox;
        this.camel = camel;
        this.payloads = new SamplePayloads(camel);
        this.sender = new TestSend(camel);
        this.settings = SettingValues.of(camel);
        this.testHosts = HostList.of(testHosts.orElse(""));
    }

    /** @throws RefusedSample if no requests can be made of it, or the console could not save a flow with these settings */
    public Previewed preview(Sample sample) throws RefusedSample {
        refuse(SettingChecks.of(template(sample), given(sample)));
        refuse(new CallLimits(flows.kamelets(), limits()).check(template(sample), given(sample), ""));
        return run(sample, new SampleParameters(template(sample)).shown(sample.parameters()));
    }

    /**
     * The same of settings that a file has, which may be more than the console saves.
     *
     * @throws RefusedSample if no requests can be made of it
     */
    public Previewed previewOfFile(Sample sample) throws RefusedSample {
        // A flow with these settings would not be loaded, and for the same reason.
        refuse(SettingChecks.of(template(sample), given(sample)));
        return run(sample, new SampleParameters(template(sample)).shown(sample.parameters()));
    }

    private static Map<String, String> given(Sample sample) {
        Map<String, String> given = SampleParameters.given(sample.parameters());
        given.values().removeIf(Objects::isNull);
        return given;
    }

    private static void refuse(List<SettingChecks.Problem> problems) throws RefusedSample {
        if (!problems.isEmpty()) {
            throw new RefusedSample("sink." + problems.get(0).parameter(), problems.get(0).message());
        }
    }

    /** Where a test may go, a flow that is only tried may name, too. */
    private ConsoleLimits limits() {
        return rights.limits().with(testHosts);
    }

    /**
     * Sends one request for real. No flow counts it, and nothing repeats it.
     *
     * @param number       which of the requests, from 0
     * @param confirmation what somebody has typed who was asked to
     * @param seen         the {@link Previewed#digest()} of what was shown before; empty if nothing was
     * @param edit         what a person has made of the request; null for the request as it is
     * @throws RefusedSample if it cannot be made, or is not sent
     */
    Tested test(Sample sample, int number, String confirmation, String seen, EditedRequest edit)
            throws RefusedSample, InterruptedException {
        Previewed shown = preview(sample);
        shown.check(seen);
        if (!shown.credentialProblem().isEmpty()) {
            throw new RefusedSample("sink." + CREDENTIAL, shown.credentialProblem());
        }
        SampleRequest seenRequest = shown.request(number);
        boolean wantsConfirmation = shown.wantsConfirmation() || edit != null && edit.isElsewhere(seenRequest);
        if (wantsConfirmation && !CONFIRMATION.equalsIgnoreCase(confirmation.strip())) {
            throw new RefusedSample("", shown.effect() + " To send it, type the word " + CONFIRMATION);
        }
        SampleRequest real = real(sample, shown, number);
        if (real.way() == null) {
            throw new RefusedSample("", "only HTTP requests can be sent as a test");
        }
        SampleRequest sent = edit == null ? real : edit.of(real, seenRequest);
        checkHost(sent, shown.requests().get(number));
        TestedRequest outcome = sender.send(sent);
        LOG.infof("Test data sent by %s: %s", sample.template(),
                outcome.status() == 0 ? outcome.detail() : "responded with " + outcome.status());
        return new Tested(edit == null ? seenRequest : edit.of(seenRequest, seenRequest).masked(Secrets.of(camel)), outcome);
    }

    private boolean isForSandbox(List<SampleRequest> requests) {
        return sandbox.sandbox().map(each -> each.url() + "/")
                .filter(place -> requests.stream().allMatch(each -> each.url().startsWith(place))).isPresent();
    }

    /** The same with what is only sent. What it is refused for may tell of it, and is not shown. */
    private SampleRequest real(Sample sample, Previewed shown, int number) throws RefusedSample {
        Map<String, String> parameters = SampleParameters.given(sample.parameters());
        if (new SampleParameters(template(sample)).shown(sample.parameters()).equals(parameters)) {
            return shown.requests().get(number);
        }
        List<SampleRequest> real;
        try {
            real = run(sample, parameters).requests();
        } catch (RefusedSample e) {
            throw new RefusedSample(e.field(), "the value of the setting does not result in a request");
        }
        if (number >= real.size()) {
            throw new RefusedSample("",
                    "with the values of the settings, these records result in no request " + (number + 1));
        }
        return real.get(number);
    }

    private void checkHost(SampleRequest request, SampleRequest shown) throws RefusedSample {
        String host = URI.create(request.url()).getRawAuthority().toLowerCase(Locale.ROOT);
        if (request.way().baseUrl().isEmpty() && !limits().hosts().has(host)) {
            throw new RefusedSample("", "tests are sent only to the vendor's host, and "
                    + (shown.url().equals(request.url()) ? host : "this") + " is another host. To allow it, add it to the "
                    + "setting gtm.console.test-hosts");
        }
    }

    private KameletDefinition template(Sample sample) throws RefusedSample {
        return flows.kamelets().find(sample.template()).filter(each -> each.type().equals("sink"))
                .filter(each -> !CallLimits.isBuildingBlock(each))
                .orElseThrow(() -> new RefusedSample("template", "choose a template"));
    }

    /** One at a time: each makes routes and takes them away. */
    private synchronized Previewed run(Sample sample, Map<String, String> parameters) throws RefusedSample {
        Kamelets known = flows.kamelets();
        KameletDefinition template = template(sample);
        if (!new PreviewableTemplates(known).has(template)) {
            throw new RefusedSample("", "this template sends no HTTP requests to preview");
        }
        List<String> settingProblems = settings.problems(sample.template(), known);
        if (!settingProblems.isEmpty()) {
            throw new RefusedSample("", String.join("; ", settingProblems));
        }
        Map<String, String> used = new SampleParameters(template).resolved(parameters, new BeanParameters(known), camel);
        String credentialProblem = share(template, used, known);
        if (!credentialProblem.isEmpty() && SampleParameters.isSetting(parameters.getOrDefault(CREDENTIAL, ""))) {
            credentialProblem = "there is no credential with the name in the setting";
        }
        try {
            Preview preview = payloads.of(sample.template(), used, sample.records().getBytes(StandardCharsets.UTF_8),
                    sample.cells());
            Secrets secrets = Secrets.of(camel);
            return new Previewed(preview.requests(), preview.requests().stream().map(each -> each.masked(secrets)).toList(),
                    preview.refused(), preview.differences(), template.isIrreversible() || preview.requests()
                            .stream().anyMatch(each -> each.way() != null && each.way().onceOnly()),
                    isForSandbox(preview.requests()), credentialProblem);
        } catch (Exception e) {
            String message = innermost(e);
            throw template.parameterNames().stream()
                    .filter(each -> Pattern.compile("\\b" + Pattern.quote(each) + "\\b").matcher(message).find())
                    .findFirst().flatMap(template::parameter)
                    .map(each -> new RefusedSample("sink." + each.name(),
                            Parameter.labelled(message, each.name(), each.label())))
                    .orElseGet(() -> new RefusedSample("", message));
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

    private static String innermost(Throwable failure) {
        String message = Exceptions.innermost(failure).getMessage();
        return message == null ? Exceptions.text(failure) : ParameterText.decode(message).lines().findFirst().orElse("");
    }
}
