// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.disk.FolderContent;
import org.apache.camel.CamelContext;

/** Where saved records and the states of jobs are. */
public final class BulkFolders {

    /** Under the data directory. */
    public static final String FOLDER = "bulk";
    /** In the folder of a destination: what belongs to jobs that are over. */
    public static final String DONE = "done";

    private BulkFolders() {
    }

    /**
     * @param  delivery id of the route of a delivery, such as {@code people:salesloft-delivery}
     * @return          the folder of this destination, such as {@code data/bulk/people/salesloft}
     */
    public static Path of(Path data, String delivery) {
        String call = FlowRoute.caller(delivery);
        int colon = call.lastIndexOf(':');
        String flow = colon < 0 ? call : call.substring(0, colon);
        return ofFlow(data, flow).resolve(colon < 0 ? "1" : name(call.substring(colon + 1)));
    }

    /** The folder with those of all destinations of a flow. */
    public static Path ofFlow(Path data, String flow) {
        return data.resolve(FOLDER).resolve(name(flow));
    }

    /** Whether records wait in the folder of a destination that is not there. */
    public static boolean isForsaken(CamelContext camel, Path folder) throws IOException {
        boolean known = DestinationRegistry.of(camel).all().stream().filter(DestinationStatus::isDeferred)
                .anyMatch(each -> folder.endsWith(of(Path.of(""), each.id())));
        return !known && FolderContent.names(folder).stream().anyMatch(each -> each.endsWith(Spool.RECORDS));
    }

    /** Different for each text, and no way out of the folder. */
    private static String name(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
        return plain.equals(text) ? plain
                : plain + "-" + Hash.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }
}
