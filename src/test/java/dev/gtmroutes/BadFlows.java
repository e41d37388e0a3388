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
        mistake("bad-quote", "uri: kamelet:inbox", "uri: \"kamelet:inbox", "bad-quote.yaml:4: not valid YAML");
        mistake("bad-key", "parameters:\n        flow", "parametrs:\n        flow",
                "bad-key.yaml:5: parametrs means nothing to Camel here");
        mistake("bad-step", "- to:", "- too:", "bad-step.yaml:8: too means nothing to Camel here");
        mistake("bad-kamelet", "push-call-activity", "push-cal-activity",
                "bad-kamelet.yaml:9: there is no Kamelet people-ai-push-cal-activity-sink");
        mistake("bad-source", "flow: bad", "flo: bad", "bad-source.yaml:4: inbox-source needs the parameter flow");
        mistake("bad-number", "maxInFlight: 4", "maxInFlight: many",
                "bad-number.yaml:11: maxInFlight: 'many' is not a value it can have");
        mistake("bad-range", "maxInFlight: 4", "maxInFlight: 0",
                "bad-range.yaml:11: maxInFlight: '0' is not a value it can have: maxInFlight is 0, it has to be at least 1");
        mistake("bad-component", "kamelet:inbox-source", "nosuch:thing",
                "bad-component.yaml:4: this program has no Camel component nosuch");
        mistake("worse-id", "id: bad", "id: calls", "worse-id.yaml: there is another route with the id calls");
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
    static void write(Path flows) throws IOException {
        for (Map.Entry<String, String[]> each : MISTAKES.entrySet()) {
            Files.writeString(flows.resolve(each.getKey() + ".yaml"), each.getValue()[0]);
        }
    }
}
