// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.names;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.changed.OnlyChanged;
import dev.gtmroutes.delivery.changed.OpenForms;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.outbox.OrphanedOutboxes;
import dev.gtmroutes.outbox.Outboxes;
import dev.gtmroutes.progress.EarlierIds;
import dev.gtmroutes.remembered.FormFolder;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what an earlier version of the program left in the data directory, in which destinations had numbers: once for
 * each flow, before it is loaded for the first time. Outboxes, the dead letters of webhooks, and pauses are renamed;
 * progress and dead letters are read with {@link EarlierIds}. What a crash interrupts is done the next time.
 */
public final class NumberedDestinations {

    /** For a Camel that only checks flows. */
    public static final NumberedDestinations NONE = new NumberedDestinations(null);

    private static final Logger LOG = LoggerFactory.getLogger(NumberedDestinations.class);

    private final CamelContext camel;
    private final Disk disk = new Disk();

    public NumberedDestinations(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * @param flow  its id
     * @param names of its destinations, by their numbers
     * @throws IOException if the disk fails: the flow must not run then
     */
    public void takeOver(String flow, Map<Integer, String> names) throws IOException {
        if (camel == null) {
            return;
        }
        Path data = DataClaims.usual(camel);
        if (!names.isEmpty() || !FormFolder.of(data, flow).isEmpty()) {
            DataClaims.claim(camel, data);
        }
        if (!names.isEmpty()) {
            takeOver(data, flow, names);
            OrphanedOutboxes.tell(data, flow, names.values());
        }
    }

    /**
     * Forgets what a flow remembers of destinations that it no longer has. To be called when it is loaded: if that fails,
     * its previous version goes on, and has them still.
     *
     * @param routeIds of all Kamelets that it calls, those that a URI names included
     * @throws IOException if the disk fails: the flow must not run then
     */
    public void forgetOthers(String flow, Collection<String> routeIds) throws IOException {
        if (camel != null) {
            OpenForms.of(camel).keepOnly(DataClaims.usual(camel), flow,
                    routeIds.stream().map(each -> OnlyChanged.destination(flow, each)).toList());
        }
    }

    private void takeOver(Path data, String flow, Map<Integer, String> names) throws IOException {
        EarlierIds ids = EarlierIds.of(camel, data);
        if (!ids.begin()) {
            return;
        }
        if (!ids.has(flow)) {
            Map<String, String> now = new LinkedHashMap<>();
            names.forEach((number, name) -> {
                now.put(flow + ":" + number, flow + ":" + name);
                now.put(Outboxes.name(flow, number.toString()) + Outboxes.RESPONSES,
                        Outboxes.name(flow, name) + Outboxes.RESPONSES);
            });
            ids.add(flow, now);
        }
        for (int number : names.keySet()) {
            // As it was when the flow was taken over, whatever has been edited since.
            String before = flow + ":" + number;
            String name = ids.now(before).substring(flow.length() + 1);
            if (!ids.now(before).equals(before)) {
                rename(data, flow, String.valueOf(number), name);
            }
        }
    }

    private void rename(Path data, String flow, String number, String name) throws IOException {
        String outboxBefore = Outboxes.name(flow, number);
        String outbox = Outboxes.name(flow, name);
        move(Outboxes.folder(data).resolve(outboxBefore), Outboxes.folder(data).resolve(outbox));
        move(DeadLetterFile.folder(data, outboxBefore + Outboxes.RESPONSES),
                DeadLetterFile.folder(data, outbox + Outboxes.RESPONSES));
        // The first of them where the flow calls a delivery without a template.
        DestinationRegistry.renamed(data, flow + ":" + number, flow + ":" + name);
        DestinationRegistry.renamed(data, flow + ":" + number + FlowRoute.DELIVERY,
                flow + ":" + name + FlowRoute.DELIVERY);
        DestinationRegistry.renamed(data, outboxBefore + Outboxes.RESPONSES + ":delivery",
                outbox + Outboxes.RESPONSES + ":delivery");
    }

    private void move(Path before, Path now) throws IOException {
        if (Files.notExists(before)) {
            return;
        }
        if (Files.notExists(now) || isEmpty(now)) {
            Files.deleteIfExists(now);
            disk.move(before, now);
            LOG.info("{} is called {} now", before, now.getFileName());
        } else {
            LOG.warn("{} cannot be renamed, because {} exists: nothing is read from it. Move its files", before, now);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }
}
