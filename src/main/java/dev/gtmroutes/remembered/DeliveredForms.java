// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The form in which each record was last delivered to one destination. What is learned is appended to a journal at once and
 * kept in memory; when there is enough of it, a thread puts it into the {@link FormStore} while a new journal is begun. For
 * any number of threads.
 */
public final class DeliveredForms implements RememberedForms {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveredForms.class);
    private static final int FEW_CHANGES = 60_000;
    private static final int MANY_CHANGES = 120_000;
    /** The store is written anew when so much of it has changed. */
    private static final int KEYS_PER_CHANGE = 40;
    private static final int MOST_JOURNALS = 100;
    /** Keys that change again and again make no more changes, but a longer journal. */
    private static final long MOST_JOURNAL_BYTES = 8 << 20;
    private static final int MOST_SHARES = 30;
    private static final long RETRY_NANOS = 10_000_000_000L;
    private static final long WAIT_MILLIS = 1000;

    private final FormFolder folder;
    private final Disk disk;
    private FormStore store;
    private FormTable changes = new FormTable();
    private FormJournal journal;
    private long number;
    /** What is being put into the store; null if nothing is. */
    private FormTable merging;
    private List<Long> mergingJournals = List.of();
    /** Those of what is in memory and not being put into the store, without the one that is written now. */
    private final List<Long> journals = new ArrayList<>();
    private boolean merges;
    private long mergeAgain;
    private boolean closed;
    private int shares = 1;

    private DeliveredForms(FormFolder folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * Opens what is remembered. What was remembered for another template or other attributes is deleted: nobody knows what
     * its keys mean now.
     *
     * @throws DamagedFormsException if it cannot be read; {@link FormFolder#moveAside} helps
     * @throws IOException           if it cannot be written, or a newer version of the program wrote it
     */
    public static DeliveredForms open(FormFolder folder, FormFolder.About about, Disk disk) throws IOException {
        FormFolder.About before = folder.readAbout();
        if (before != null && !(before.template().equals(about.template())
                && before.attributes().equals(about.attributes()))) {
            LOG.info("{}: Only Changed of {} has other attributes or another template now. What it remembered was "
                    + "deleted, so every record is sent once", about.flow(), about.destination());
            before = null;
        }
        if (before == null) {
            // A crash may have come while it was deleted: nobody knows what the keys of the rest mean.
            folder.delete();
            folder.write(about, disk);
        }
        return opened(folder, disk);
    }

    /**
     * @return where the damaged files lie now; what is remembered begins anew
     */
    public static Path moveAside(FormFolder folder) throws IOException {
        return folder.moveAside(Instant.now().toString().replaceAll("[^0-9TZ]", ""));
    }

    private static DeliveredForms opened(FormFolder folder, Disk disk) throws IOException {
        DeliveredForms forms = new DeliveredForms(folder, disk);
        try (FolderLock lock = folder.lock()) {
            forms.store = new FormStore(folder.store());
            for (long each : folder.journals()) {
                FormJournal.read(folder.journal(each), forms.changes);
                forms.journals.add(each);
            }
            if (forms.journals.size() > MOST_JOURNALS) {
                forms.store.apply(forms.changes);
                forms.deleteJournals(forms.journals);
                forms.journals.clear();
                forms.changes = new FormTable();
            }
            forms.number = forms.journals.isEmpty() ? 0 : forms.journals.get(forms.journals.size() - 1);
            forms.journal = FormJournal.begin(folder.journal(++forms.number), disk);
        } catch (IOException | RuntimeException e) {
            if (forms.store != null) {
                forms.store.close();
            }
            throw e;
        }
        try {
            forms.applyResets();
            return forms;
        } catch (IOException | RuntimeException e) {
            forms.close();
            throw e;
        }
    }

    @Override
    public synchronized long[] forms(List<KeyHash> keys) throws IOException {
        long[] forms = new long[keys.size()];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = form(keys.get(i));
        }
        return forms;
    }

    /**
     * @return the form in which the record was last delivered; {@link RecordForm#NONE} if nobody knows
     */
    public synchronized long form(KeyHash key) throws IOException {
        int slot = changes.find(key.high(), key.low());
        if (slot >= 0) {
            return changes.form(slot);
        }
        slot = merging == null ? -1 : merging.find(key.high(), key.low());
        return slot >= 0 ? merging.form(slot) : stored(key);
    }

    private long stored(KeyHash key) throws IOException {
        try {
            return store.form(key.high(), key.low());
        } catch (DamagedFormsException e) {
            throw e;
        } catch (IOException e) {
            if (merges || closed) {
                throw e;
            }
            // A full disk, for example, has closed it.
            store.openAgain();
            return store.form(key.high(), key.low());
        }
    }

    @Override
    public void leaving(List<RecordForm> before) throws IOException {
        write(before.stream().filter(each -> each.form() != RecordForm.NONE)
                .map(each -> new RecordForm(each.key(), RecordForm.NONE)).toList(), true);
    }

    @Override
    public void write(List<RecordForm> forms) throws IOException {
        write(forms, false);
    }

    /**
     * Remembers forms, or forgets them: {@link RecordForm#NONE}.
     *
     * @param sync whether it has to outlive a power cut; a crash of the program it outlives anyway
     * @throws IOException if that cannot be written; then nothing of it counts
     */
    public synchronized void write(List<RecordForm> forms, boolean sync) throws IOException {
        if (forms.isEmpty()) {
            return;
        }
        makeRoom();
        if (closed) {
            throw new IOException("the flow was stopped");
        }
        journal.append(forms, sync);
        forms.forEach(each -> changes.put(each.key().high(), each.key().low(), each.form()));
        if (changes.size() >= most() || journal.length() > MOST_JOURNAL_BYTES) {
            mergeSoon();
        }
    }

    /** Lets no more be in memory than half as much again as is put into the store at a time. */
    private void makeRoom() throws IOException {
        while (!closed && changes.size() >= most() + most() / 2) {
            mergeSoon();
            if (!merges) {
                throw new IOException("what was delivered cannot be put into " + folder.store());
            }
            try {
                wait(WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the program was stopped");
            }
        }
    }

    private int most() throws IOException {
        return (int) Math.max(FEW_CHANGES, Math.min(MANY_CHANGES, store.keys() / KEYS_PER_CHANGE)) / shares;
    }

    @Override
    public void check() {
        // Each use says it.
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public boolean isGone() {
        return !folder.exists();
    }

    @Override
    public synchronized void share(int destinations) {
        shares = Math.max(1, Math.min(MOST_SHARES, destinations));
        store.share(shares);
    }

    private void mergeSoon() throws IOException {
        if (merges || mergeAgain != 0 && System.nanoTime() - mergeAgain < 0) {
            return;
        }
        if (merging == null) {
            FormJournal next = FormJournal.begin(folder.journal(number + 1), disk);
            journal.sync();
            journal.close();
            journal = next;
            journals.add(number++);
            merging = changes;
            mergingJournals = List.copyOf(journals);
            journals.clear();
            changes = new FormTable();
        }
        merges = true;
        Thread thread = new Thread(this::merge, "gtm-only-changed");
        thread.setDaemon(true);
        thread.start();
    }

    private void merge() {
        Throwable problem = null;
        try (FolderLock lock = folder.lock()) {
            store.apply(merging);
            deleteJournals(mergingJournals);
        } catch (Throwable e) {
            problem = e;
        }
        synchronized (this) {
            merges = false;
            if (problem == null) {
                merging = null;
                mergeAgain = 0;
            } else if (!closed) {
                mergeAgain = System.nanoTime() + RETRY_NANOS;
                LOG.warn("{}: what was delivered cannot be put into {}: {}. Trying again", folder.flow(), folder.store(),
                        problem.getMessage());
                try {
                    store.openAgain();
                } catch (IOException | RuntimeException e) {
                    LOG.debug("{}", e.toString());
                }
            }
            notifyAll();
        }
    }

    private void deleteJournals(List<Long> numbers) throws IOException {
        for (long each : numbers) {
            Files.deleteIfExists(folder.journal(each));
        }
    }

    /** Does what {@link FormFolder#requestReset} asked for. */
    @Override
    public synchronized List<RecordForm> applyResets() throws IOException {
        List<String> asked = folder.resetsAsked();
        if (asked.isEmpty() || closed) {
            return List.of();
        }
        List<RecordForm> keys = null;
        if (FormFolder.isAll(asked)) {
            clear();
        } else {
            keys = asked.stream().map(each -> new RecordForm(KeyHash.parse(each), RecordForm.NONE)).toList();
            write(keys, true);
        }
        folder.resetDone(asked);
        LOG.info("{}: Only Changed of {}: {} on request", folder.flow(), folder.destination(),
                keys == null ? "all records were forgotten"
                        : keys.size() == 1 ? "1 record was forgotten" : keys.size() + " records were forgotten");
        return keys;
    }

    private void clear() throws IOException {
        awaitMerge();
        // The store first: should the program end between the two, the request to forget all is still there.
        try (FolderLock lock = folder.lock()) {
            store.close();
            Files.deleteIfExists(folder.store());
            journal.delete();
            deleteJournals(folder.journals());
            journals.clear();
            merging = null;
            changes = new FormTable();
            store = new FormStore(folder.store());
            journal = FormJournal.begin(folder.journal(++number), disk);
        }
    }

    private void awaitMerge() throws IOException {
        while (merges) {
            try {
                wait(WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the program was stopped");
            }
        }
    }

    @Override
    public synchronized long keys() throws IOException {
        long keys = store.keys();
        for (FormTable table : new FormTable[] {merging, changes}) {
            for (int slot : table == null ? new int[0] : table.sorted(1)) {
                // What is in both counts where it stands last.
                if (table == changes || changes.find(table.high(slot), table.low(slot)) < 0) {
                    keys += (table.form(slot) == RecordForm.NONE ? 0 : 1)
                            - (store.form(table.high(slot), table.low(slot)) == RecordForm.NONE ? 0 : 1);
                }
            }
        }
        return keys;
    }

    /** Reads all keys that have a form, in no order that means anything. Others wait meanwhile. */
    private synchronized void forEach(Reader reader) throws IOException {
        // Opened for reading: nothing is being merged.
        store.forEach((high, low, form) -> {
            if (changes.find(high, low) < 0) {
                reader.read(new RecordForm(new KeyHash(high, low), form));
            }
        });
        for (int slot : changes.sorted(1)) {
            if (changes.form(slot) != RecordForm.NONE) {
                reader.read(new RecordForm(new KeyHash(changes.high(slot), changes.low(slot)), changes.form(slot)));
            }
        }
    }

    /** How many keys a destination remembers, also while a program is using it: read from a copy. */
    public static long count(FormFolder folder) throws IOException {
        long[] count = new long[1];
        ofCopy(folder, forms -> count[0] = forms.keys());
        return count[0];
    }

    /** Reads all keys that a destination remembers, also while a program is using it: from a copy. */
    public static void export(FormFolder folder, Reader reader) throws IOException {
        ofCopy(folder, forms -> forms.forEach(reader));
    }

    private interface Use {

        void of(DeliveredForms forms) throws IOException;
    }

    private static void ofCopy(FormFolder folder, Use use) throws IOException {
        Path temporary = Files.createTempDirectory("gtm-only-changed");
        try (DeliveredForms forms = opened(folder.copy(temporary), new Disk())) {
            use.of(forms);
        } finally {
            FormFolder.deleteTree(temporary);
        }
    }

    /** What is in the journal stays there. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try {
            synchronized (this) {
                awaitMerge();
                journal.sync();
                journal.close();
            }
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
        try (FolderLock lock = folder.lock()) {
            store.close();
        } catch (IOException e) {
            store.close();
        }
    }
}
