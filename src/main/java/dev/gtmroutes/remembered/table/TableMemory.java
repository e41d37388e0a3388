// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.FormMemory;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.remembered.Remembered;
import dev.gtmroutes.remembered.RememberedForms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In two tables of a PostgreSQL database, which all programs share that are given it. They are made when first used. */
public final class TableMemory implements FormMemory {

    private static final Logger LOG = LoggerFactory.getLogger(TableMemory.class);

    private final TableSettings settings;
    private final SenderNumber sender;
    private final Database database;
    private final TableDestinations destinations;
    private boolean made;
    /** By flow: its destinations, as long as it is not sure that the tables have no others of it. */
    private final Map<String, Set<String>> kept = new HashMap<>();
    private boolean sweeps;

    /** @param data the data directory of this program */
    public TableMemory(TableSettings settings, Path data) {
        this.settings = settings;
        this.sender = new SenderNumber(data);
        this.database = new Database(settings);
        this.destinations = new TableDestinations(database);
    }

    @Override
    public synchronized RememberedForms open(FormFolder folder, FormFolder.About about) throws IOException {
        begin(folder.flow());
        if (folder.exists()) {
            folder.delete();
            LOG.info("{}: Only Changed of {} is kept in the database {} now. What was remembered in {} was deleted",
                    about.flow(), about.destination(), settings.address(), folder.folder());
        }
        RememberedForms forms = new TableForms(database, about, sender.get(), settings.longest().toSeconds(),
                this::sweep);
        sweep();
        return forms;
    }

    private synchronized void begin(String flow) throws IOException {
        make();
        Set<String> ofFlow = kept.get(flow);
        if (ofFlow != null) {
            for (String each : destinations.deleteOthers(flow, List.copyOf(ofFlow))) {
                LOG.info("{}: has no destination {} any more, so what Only Changed remembered of it was deleted", flow,
                        each);
            }
            kept.remove(flow);
        }
    }

    /** Deletes in the background what no destination has any more. */
    private synchronized void sweep() {
        if (!sweeps) {
            sweeps = true;
            Thread thread = new Thread(this::sweepAll, "gtm-only-changed-sweep");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void sweepAll() {
        try {
            while (destinations.sweep()) {
                LOG.debug("deleted what destinations without Only Changed remembered");
            }
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
        synchronized (this) {
            sweeps = false;
        }
    }

    @Override
    public List<Remembered> all(Path data) throws IOException {
        make();
        return destinations.all();
    }

    private synchronized void make() throws IOException {
        if (!made) {
            destinations.make();
            made = true;
        }
    }

    @Override
    public long count(FormFolder folder) throws IOException {
        make();
        return destinations.count(folder.flow(), folder.destination());
    }

    @Override
    public void export(FormFolder folder, RememberedForms.Reader reader) throws IOException {
        make();
        destinations.export(folder.flow(), folder.destination(), reader);
    }

    @Override
    public void reset(FormFolder folder, KeyHash key) throws IOException {
        make();
        if (key == null) {
            destinations.reset(folder.flow(), folder.destination());
        } else {
            destinations.reset(folder.flow(), folder.destination(), key);
        }
    }

    @Override
    public boolean drop(FormFolder folder) throws IOException {
        begin(folder.flow());
        boolean there = folder.exists();
        folder.delete();
        return destinations.delete(folder.flow(), folder.destination()) || there;
    }

    /** A flow must be loaded also while the database is not there: then this is done before its first record is read. */
    @Override
    public synchronized void keepOnly(Path data, String flow, Collection<String> names) throws IOException {
        kept.merge(flow, new TreeSet<>(names), (before, now) -> {
            now.retainAll(before);
            return now;
        });
        try {
            begin(flow);
        } catch (FormsUnavailableException e) {
            LOG.debug("{}", e.toString());
        }
    }

    @Override
    public void forget(Path data, String flow) throws IOException {
        keepOnly(data, flow, Set.of());
        begin(flow);
    }

    @Override
    public void close() {
        database.close();
    }
}
