// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.remembered.DamagedFormsException;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.remembered.RememberedForms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which records a destination with {@code onlyChanged} is sent: those whose form differs from the one that was last
 * delivered for their key. For any number of threads.
 *
 * <p>While a record of a key is under way, nobody knows what the destination has. So every record of that key is sent
 * meanwhile, and before the first of them leaves, what was remembered of the key is forgotten on the disk: after a crash it
 * is sent again, whatever it is then. When none of them is under way any more, the form of the one that was certainly
 * delivered last is remembered; if that is uncertain, the key stays forgotten.
 */
public final class ChangedRecords {

    /** Where each record is sent. */
    public static final ChangedRecords ALL = new ChangedRecords(null, null);

    private static final Logger LOG = LoggerFactory.getLogger(ChangedRecords.class);
    private static final long CHECK_NANOS = 1_000_000_000L;
    private static final int MANY = 200;

    /** Opens again what was found damaged. */
    interface Recovery {

        RememberedForms recover(DamagedFormsException damage) throws IOException;
    }

    private final FormFolder folder;
    private final Recovery recovery;
    private final Map<KeyHash, KeyUnderWay> underWay = new HashMap<>();
    private PatientForms forms;
    private boolean ordered;
    private int landings;
    private long checked = System.nanoTime();
    private boolean told;

    ChangedRecords(FormFolder folder, Recovery recovery) {
        this.folder = folder;
        this.recovery = recovery;
    }

    synchronized void use(RememberedForms opened) {
        forms = new PatientForms(opened);
    }

    /** Whether records of one key are delivered one after the other, in the order in which they are read. */
    synchronized void ordered(boolean inOrder) {
        ordered = inOrder;
    }

    /** Whether any record is compared. */
    public boolean isComparing() {
        return recovery != null;
    }

    private boolean isForAll() {
        return !isComparing();
    }

    /** How many records are best compared at a time. */
    public int comparedTogether() {
        return isComparing() && isShared() ? MANY : 1;
    }

    private synchronized boolean isShared() {
        return forms.isShared();
    }

    /**
     * Records were read. Those that are to be sent are under way from now on, until they have landed or have been given
     * back.
     *
     * @param records        in the order in which they were read; those without a form lack their key, and are always sent
     * @return               those that are to be sent
     * @throws FormsUnavailableException if nobody can tell for now; then none of them is under way
     */
    public synchronized List<ShapedRecord> enter(List<ShapedRecord> records) throws IOException {
        if (isForAll()) {
            return records;
        }
        if (System.nanoTime() - checked > CHECK_NANOS) {
            checkResets();
        }
        Map<KeyHash, Long> before = before(records);
        return records.stream().filter(each -> each.form() == null || enter(each.form(), before)).toList();
    }

    private boolean enter(RecordForm form, Map<KeyHash, Long> before) {
        KeyUnderWay key = underWay.get(form.key());
        if (key == null) {
            long last = before.get(form.key());
            if (last == form.form()) {
                return false;
            }
            key = new KeyUnderWay(last, form.form());
            underWay.put(form.key(), key);
        }
        key.enter(form.form());
        return true;
    }

    /** What is remembered of the keys that are not under way. */
    private Map<KeyHash, Long> before(List<ShapedRecord> records) throws IOException {
        List<KeyHash> keys = records.stream().filter(each -> each.form() != null).map(each -> each.form().key())
                .filter(each -> !underWay.containsKey(each)).distinct().toList();
        long[] found;
        try {
            found = forms.forms(keys);
        } catch (DamagedFormsException e) {
            recover(e);
            found = new long[keys.size()];
        }
        Map<KeyHash, Long> before = new HashMap<>();
        for (int i = 0; i < found.length; i++) {
            before.put(keys.get(i), found[i]);
        }
        return before;
    }

    /**
     * To be called before a request and after its outcome.
     *
     * @throws FormsUnavailableException if what is remembered cannot be used for now: records wait until it can
     */
    public synchronized void check() throws IOException {
        if (!isForAll()) {
            forms.check();
        }
    }

    private void recover(DamagedFormsException damage) throws IOException {
        forms.close();
        forms = new PatientForms(recovery.recover(damage));
        underWay.values().forEach(KeyUnderWay::forgetBefore);
    }

    /** Forgets what people have asked to forget; also called before an input is read. */
    public synchronized void checkResets() throws IOException {
        if (isForAll()) {
            return;
        }
        checked = System.nanoTime();
        List<RecordForm> keys = forms.applyResets();
        if (keys == null) {
            underWay.values().forEach(KeyUnderWay::doubt);
        } else {
            keys.stream().map(each -> underWay.get(each.key())).filter(each -> each != null)
                    .forEach(KeyUnderWay::doubt);
        }
    }

    /**
     * These records leave now.
     *
     * @throws IOException if they must not, because it cannot be noted that nobody knows what the destination has
     */
    public synchronized void leaving(List<ShapedRecord> records) throws IOException {
        if (isForAll()) {
            return;
        }
        Map<KeyHash, KeyUnderWay> left = new LinkedHashMap<>();
        records.stream().filter(each -> key(each) != null).forEach(each -> left.put(each.form().key(), key(each)));
        List<RecordForm> before = new ArrayList<>();
        left.forEach((key, state) -> {
            if (forms.isShared() || state.onDisk() != RecordForm.NONE) {
                before.add(new RecordForm(key, state.onDisk()));
            }
        });
        forms.leaving(before);
        left.values().forEach(KeyUnderWay::left);
        if (forms.isShared()) {
            // Another program may have sent something since that was looked up.
            left.values().forEach(KeyUnderWay::forgetBefore);
        }
    }

    /** These may have been carried out, and are sent again. */
    public synchronized void unsure(List<ShapedRecord> records) {
        records.stream().map(this::key).filter(each -> each != null).forEach(KeyUnderWay::attempted);
    }

    /**
     * What became of the records of one request. It has to be told before their outcome is noted as progress.
     *
     * @param delivered in the order in which they stood in the request
     * @param rejected  which certainly had no effect
     * @param doubtful  which may have had one
     */
    public synchronized void landed(List<ShapedRecord> delivered, List<ShapedRecord> rejected,
            List<ShapedRecord> doubtful) {
        if (isForAll()) {
            return;
        }
        landings++;
        List<RecordForm> learned = new ArrayList<>(delivered.size());
        doubtful.forEach(each -> landed(each, KeyUnderWay::doubt, learned));
        rejected.forEach(each -> landed(each, KeyUnderWay::rejected, learned));
        delivered.forEach(each -> landed(each, key -> key.delivered(each.form().form(), landings), learned));
        write(learned);
    }

    /** These come back without an outcome: their source brings them again. */
    public synchronized void returned(List<ShapedRecord> records) {
        if (!isForAll()) {
            List<RecordForm> learned = new ArrayList<>();
            records.forEach(each -> landed(each, KeyUnderWay::returned, learned));
            write(learned);
        }
    }

    private void landed(ShapedRecord record, Consumer<KeyUnderWay> how, List<RecordForm> learned) {
        KeyUnderWay key = key(record);
        if (key != null) {
            how.accept(key);
            if (key.leave()) {
                underWay.remove(record.form().key());
                long form = key.form(ordered);
                if (form != key.onDisk()) {
                    learned.add(new RecordForm(record.form().key(), form));
                }
            }
        }
    }

    private KeyUnderWay key(ShapedRecord record) {
        return record.form() == null ? null : underWay.get(record.form().key());
    }

    /**
     * What cannot be written is not remembered: it is sent again when it comes again. What others share is written later,
     * see {@link PatientForms}.
     */
    private void write(List<RecordForm> learned) {
        try {
            forms.write(learned);
            told = false;
        } catch (DamagedFormsException e) {
            tell(e);
            try {
                recover(e);
            } catch (IOException again) {
                LOG.debug("{}", again.toString());
            }
        } catch (IOException e) {
            tell(e);
        }
    }

    private void tell(IOException e) {
        if (!told) {
            told = true;
            LOG.warn("{}: what was delivered cannot be remembered ({}), so it is sent again when it comes again",
                    folder.flow(), e.getMessage());
        }
    }

    /** How many records are remembered. A database may count for minutes, and deliveries go on meanwhile. */
    long count() throws IOException {
        PatientForms counted;
        synchronized (this) {
            counted = forms;
        }
        return counted.keys();
    }

    synchronized void share(int destinations) {
        forms.share(destinations);
    }

    synchronized boolean isGone() {
        return forms.isGone();
    }

    synchronized void close() {
        forms.close();
    }
}
