// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.vertx.core.http.HttpServerRequest;

/** What {@code PUT /sandbox/exports?fragments=8} can set about the activities that People.ai has and exports. */
public final class ExportSettings {

    private final Map<String, LongConsumer> settings = new TreeMap<>();

    public ExportSettings(Activities activities, SimulatedExports exports, Downloads downloads, ExportFaults faults) {
        settings.put("lastIndex", value -> faults.lastIndex(value > 0));
        settings.put("withoutSize", value -> faults.withoutSize(value > 0));
        settings.put("missingBytes", faults::sizeError);
        settings.put("marked", value -> faults.marked(value > 0));
        settings.put("noData", value -> faults.missing(value > 0));
        settings.put("otherAddress", value -> faults.onlyOther(value > 0));
        settings.put("activitiesPerDay", value -> activities.perDay(Math.toIntExact(value)));
        settings.put("recordBytes", value -> activities.recordBytes(Math.toIntExact(value)));
        settings.put("fragments", value -> exports.fragments(Math.toIntExact(value)));
        settings.put("queuedMs", value -> exports.queue(Duration.ofMillis(value)));
        settings.put("runningMs", value -> exports.run(Duration.ofMillis(value)));
        settings.put("bytesPerSecond", downloads::bytesPerSecond);
    }

    /** @throws IllegalArgumentException if there is no such setting, or not with this value */
    public void change(HttpServerRequest request) {
        request.params().forEach(each -> {
            LongConsumer setting = settings.get(each.getKey());
            if (setting == null) {
                throw new IllegalArgumentException("unknown setting '" + each.getKey() + "'. Allowed: "
                        + String.join(", ", settings.keySet()));
            }
            if (!each.getValue().matches("\\d{1,9}")) {
                throw new IllegalArgumentException(each.getKey() + " must be a whole number from 0 to 999999999");
            }
            setting.accept(Long.parseLong(each.getValue()));
        });
    }
}
