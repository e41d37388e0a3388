// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.api.ContextService;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.remembered.DamagedFormsException;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.FormMemory;
import dev.gtmroutes.remembered.RememberedForms;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the destinations of a Camel context remember, open from their first input until Camel stops. */
public final class OpenForms extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(OpenForms.class);

    private final CamelContext camel;
    private final Map<FormFolder, Opened> opened = new HashMap<>();
    private FormMemory memory;

    private record Opened(FormFolder.About about, ChangedRecords records) {
    }

    private OpenForms(CamelContext camel) {
        this.camel = camel;
    }

    /** @return those of this context; the same object for as long as it lives */
    public static OpenForms of(CamelContext camel) {
        return ContextService.of(camel, OpenForms.class, () -> new OpenForms(camel));
    }

    /** Where everything is that destinations remember, also of those that are not open. */
    public synchronized FormMemory memory() {
        if (memory == null) {
            memory = FormMemories.of(DataClaims.usual(camel), name -> camel.resolvePropertyPlaceholders("{{" + name + ":}}"),
                    Secrets.of(camel));
        }
        return memory;
    }

    /** @throws IOException if it cannot be read or written; the message is one line */
    synchronized ChangedRecords open(FormFolder folder, FormFolder.About about) throws IOException {
        Opened there = opened.get(folder);
        if (there != null && there.about.equals(about) && !there.records.isGone()) {
            return there.records;
        }
        close(folder);
        ChangedRecords records = new ChangedRecords(folder, damage -> anew(folder, about, damage));
        RememberedForms forms;
        try {
            forms = memory().open(folder, about);
        } catch (DamagedFormsException e) {
            forms = anew(folder, about, e);
        }
        records.use(forms);
        opened.put(folder, new Opened(about, records));
        share();
        return records;
    }

    private void share() {
        opened.values().forEach(each -> each.records.share(opened.size()));
    }

    /** How many records a destination remembers, whether it is open or not. */
    public long count(FormFolder folder) throws IOException {
        Opened there;
        synchronized (this) {
            there = opened.get(folder);
        }
        return there == null ? memory().count(folder) : there.records.count();
    }

    private RememberedForms anew(FormFolder folder, FormFolder.About about, DamagedFormsException damage)
            throws IOException {
        LOG.error("{}: Only Changed: {}. It was moved to {}, and every record is sent once more", about.flow(),
                damage.getMessage(), DeliveredForms.moveAside(folder));
        return memory().open(folder, about);
    }

    /**
     * Deletes what destinations remember that a flow no longer has: while they are gone, others may deliver the same
     * records, and what is remembered would not be true when they come back.
     *
     * @param data         the data directory
     * @param destinations that the flow has
     */
    public void keepOnly(Path data, String flow, Collection<String> destinations) throws IOException {
        closeOthers(flow, destinations);
        memory().keepOnly(data, flow, destinations);
    }

    private synchronized void closeOthers(String flow, Collection<String> destinations) {
        List.copyOf(opened.keySet()).stream()
                .filter(each -> each.flow().equals(flow) && !destinations.contains(each.destination()))
                .forEach(this::close);
    }

    /** A flow ended, and what it remembers stays on the disk: its files are about to be moved. */
    public static void close(CamelContext camel, String flow) {
        of(camel).closeOthers(flow, Set.of());
    }

    /** A flow is gone for good. */
    public static void forget(CamelContext camel, String flow) {
        OpenForms forms = of(camel);
        forms.closeOthers(flow, Set.of());
        try {
            forms.memory().forget(DataClaims.usual(camel), flow);
        } catch (IOException e) {
            LOG.warn("{}: Only Changed cannot delete what it remembered of the deleted flow ({}). Run only-changed reset {} "
                    + "--all before you create a flow of this id", flow, e.getMessage(), flow);
        }
    }

    /**
     * From now on, records are sent without being remembered: what was remembered will not be true any more.
     *
     * @return whether anything was remembered
     */
    synchronized boolean drop(FormFolder folder) throws IOException {
        close(folder);
        return memory().drop(folder);
    }

    private void close(FormFolder folder) {
        Opened there = opened.remove(folder);
        if (there != null) {
            there.records.close();
            share();
        }
    }

    /**
     * Forgets something: at once, if the destination is open; otherwise before its next input.
     *
     * @param key null for all keys
     */
    public void reset(FormFolder folder, KeyHash key) throws IOException {
        memory().reset(folder, key);
        Opened there;
        synchronized (this) {
            there = opened.get(folder);
        }
        if (there != null) {
            there.records.checkResets();
        }
    }

    @Override
    protected synchronized void doStop() {
        opened.values().forEach(each -> each.records.close());
        opened.clear();
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
