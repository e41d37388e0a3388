// SPDX-License-Identifier: Apache-2.0
import java.util.List;
import java.util.Random;

/**
 * The flows of the audit: each way a delivery can be set, small.
 *
 * @param name        id of the flow, name of its inbox and path of its destination
 * @param template    the template it sends with
 * @param maxInFlight the most requests that may be under way
 * @param onceOnly    whether no request may be carried out twice
 * @param ordered     whether records of one owner must stay in order
 * @param batched     whether a request holds many records
 * @param webhook     whether its responses are told
 * @param parameters  further parameters of the template, as YAML
 */
record Flow(String name, String template, int maxInFlight, boolean onceOnly, boolean ordered, boolean batched,
        boolean webhook, String parameters) {

    static final String HOOK = "hook";
    static final List<Flow> ALL = List.of(
            new Flow("batch", "people-ai", 4, false, false, true, false, ""),
            new Flow("grouped", "people-ai", 8, false, true, true, false, ", groupBy: region, orderBy: owner"),
            new Flow("single", "salesloft", 4, false, true, false, false, ", orderBy: owner"),
            new Flow("once", "salesloft", 4, true, false, false, false, ""),
            new Flow("oncebatch", "people-ai", 4, true, false, true, false, ""),
            new Flow("timed", "people-ai", 4, false, false, true, false, ", batchTimeout: 300"),
            new Flow("told", "people-ai", 4, false, false, true, true, ""));

    static Flow named(String name) {
        return ALL.stream().filter(each -> each.name.equals(name)).findFirst().orElse(null);
    }

    /**
     * The file of the flow. Each text is a valid change of the one before.
     *
     * @param edit which edit of the file it is
     * @param port of the destination
     */
    String yaml(int edit, int port, Random random) {
        String sizes = batched ? ", batch: true, batchSize: " + (edit == 0 ? 100 : 20 + random.nextInt(81)) : "";
        String told = webhook ? ", responseWebhook: RAW(http://127.0.0.1:" + port + "/" + HOOK + ")" : "";
        return """
                - route:
                    id: %s
                    description: Edit %d
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %s}
                      steps:
                        - to:
                            uri: kamelet:%s-request-sink
                            parameters: {url: "http://127.0.0.1:%d/%s", sendCredentialTo: 127.0.0.1, method: POST, \
                maxInFlight: %d, onceOnly: %s%s%s%s}
                """.formatted(name, edit, name, template, port, name, maxInFlight, onceOnly, sizes, parameters, told);
    }
}
