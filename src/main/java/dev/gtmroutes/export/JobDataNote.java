// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.export.fragment.FragmentData;

/** The data of a job as it stands in the state document. */
final class JobDataNote {

    private JobDataNote() {
    }

    /** @return null if the document has no data of a job */
    static JobData read(JsonNode json) {
        if (!json.hasNonNull("resultsSize")) {
            return null;
        }
        Map<Integer, FragmentData> fetched = new TreeMap<>();
        json.path("fetched").fields().forEachRemaining(
                each -> fetched.put(Integer.valueOf(each.getKey()), FragmentData.of(each.getValue().asText())));
        return JobData.of(new JobData.Memory(json.path("resultsSize").asLong(), json.path("cut").asBoolean(),
                json.path("fragments").asInt(), numbers(json.path("done")), fetched, json.path("fetchedBytes").asLong(),
                json.path("bytes").asLong(), json.path("records").asLong(), SumCheck.of(json.path("sum").asText("")),
                json.path("round").asInt(), json.path("ends").asBoolean(), numbers(json.path("again")),
                json.path("handedOver").asBoolean(), numbers(json.path("handed"))));
    }

    static void write(JobData.Memory data, ObjectNode to) {
        to.put("resultsSize", data.size()).put("fragments", data.fragments()).put("cut", data.cut());
        numbers(to, "done", data.done());
        to.put("bytes", data.bytes()).put("records", data.records()).put("sum", data.check().toString())
                .put("fetchedBytes", data.compared());
        if (!data.check().isOver() || data.check() == SumCheck.LESS) {
            ObjectNode fetched = to.putObject("fetched");
            data.fetched().forEach((index, each) -> fetched.put(index.toString(), each.toString()));
            to.put("round", data.round()).put("ends", data.ends()).put("handedOver", data.handedOver());
            numbers(to, "again", data.again());
            numbers(to, "handed", data.handed());
        }
    }

    private static BitSet numbers(JsonNode list) {
        BitSet numbers = new BitSet();
        list.forEach(each -> numbers.set(each.asInt()));
        return numbers;
    }

    private static void numbers(ObjectNode to, String name, BitSet numbers) {
        ArrayNode list = to.putArray(name);
        numbers.stream().forEach(list::add);
    }
}
