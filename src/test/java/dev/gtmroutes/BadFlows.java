// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of flows with one mistake each, and what a user should be told of it. */
public final class BadFlows {

    private static final String GOOD = """
            - route:
                id: bad
                autoStartup: true
                from:
                  uri: kamelet:inbox-source
                  parameters:
                    flow: bad
                  steps:
                    - to:
                        uri: kamelet:people-ai-push-call-activity-sink
                        parameters:
                          maxInFlight: 4
            """;

    private static final Map<String, String[]> MISTAKES = new LinkedHashMap<>();

    static {
        mistake("bad-quote", "uri: kamelet:inbox", "uri: \"kamelet:inbox", "bad-quote.yaml:5: not valid YAML");
        mistake("bad-key", "autoStartup: true", "autoStart: true",
                "bad-key.yaml:3: autoStart is not valid here");
        mistake("bad-step", "- to:", "- too:", "bad-step.yaml:9: too is not valid here");
        mistake("bad-kamelet", "push-call-activity", "push-cal-activity",
                "bad-kamelet.yaml:10: unknown Kamelet people-ai-push-cal-activity-sink");
        mistake("bad-source", "      parameters:\n        flow: bad\n", "",
                "bad-source.yaml:5: inbox-source requires the parameter flow");
        mistake("bad-number", "maxInFlight: 4", "maxInFlight: many",
                "bad-number.yaml:12: In Flight: 'many' is not a whole number");
        mistake("bad-range", "maxInFlight: 4", "maxInFlight: 0",
                "bad-range.yaml:12: In Flight: Enter a number of at least 1; 0 is less.");
        mistake("bad-webhook", "maxInFlight: 4", "responseWebhook: hooks.example.com/s3cr3t-path",
                "bad-webhook.yaml:12: Response Webhook: Enter a URL such as");
        mistake("bad-second", "maxInFlight: 4", "responseWebhook: http://127.0.0.1:1/in\n"
                + "        - to:\n            uri: kamelet:people-ai-push-call-activity-sink\n"
                + "            parameters:\n              maxInFlight: -1",
                "In Flight: Enter a number of at least 1; -1 is less.");
        mistake("bad-component", "kamelet:inbox-source", "nosuch:thing",
                "bad-component.yaml:5: unknown Camel component nosuch");
        MISTAKES.put("worse-id", new String[] {GOOD.replace(": bad", ": calls"),
                "worse-id.yaml: another route has the id calls"});
    }

    private BadFlows() {
    }

    private static void mistake(String name, String good, String bad, String told) {
        if (!GOOD.contains(good)) {
            throw new IllegalArgumentException("nothing to spoil in " + name);
        }
        MISTAKES.put(name, new String[] {GOOD.replace("id: bad", "id: " + name).replace("flow: bad", "flow: " + name)
                .replace(good.replace(": bad", ": " + name), bad.replace(": bad", ": " + name)), told});
    }

    /** What is told of each mistake. */
    public static Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        MISTAKES.forEach((name, mistake) -> told.put(name, mistake[1]));
        return told;
    }

    /** Writes all of them into this directory. */
    public static void write(Path flows) throws IOException {
        for (Map.Entry<String, String[]> each : MISTAKES.entrySet()) {
            Files.writeString(flows.resolve(each.getKey() + ".yaml"), each.getValue()[0]);
        }
    }
}
