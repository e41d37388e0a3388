// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.remembered.DamagedFormsException;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.sources.KeyFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a paged read that are behind the sink: for each key, with what content it was handed over last. On disk,
 * for tens of millions of records. Not safe for use by many threads.
 */
final class HandedRecords {

    /** What a file of the first edition has behind the name of the flow. */
    static final String SEEN = ".seen";
    /** The folder in which each flow has one. */
    static final String RECORDS = "records";

    private static final Logger LOG = LoggerFactory.getLogger(HandedRecords.class);
    private static final int BATCH = 10_000;

    private final FormFolder folder;
    private final FormFolder.About about;
    private final KeyFile earlier;
    private final Disk disk;
    private DeliveredForms forms;
    private int shares = 1;

    /**
     * @param base  the files of the flow, without what their names end with
     * @param order what is read
     */
    HandedRecords(Path base, ReadOrder order, Disk disk) {
        this.folder = new FormFolder(base.resolveSibling(RECORDS).resolve(base.getFileName()).resolve("handed")
                .toAbsolutePath());
        this.about = new FormFolder.About(folder.flow(), folder.destination(), order.records(), order.key());
        this.earlier = new KeyFile(base.resolveSibling(base.getFileName() + SEEN), disk);
        this.disk = disk;
    }

    /**
     * Whether there is something of another list, or by another key.
     *
     * @throws IOException if that cannot be read
     */
    boolean isOfAnother() throws IOException {
        FormFolder.About there = there();
        return there != null && !there.equals(about);
    }

    private FormFolder.About there() throws IOException {
        try {
            return folder.readAbout();
        } catch (DamagedFormsException e) {
            // Who opens it moves it aside.
            return null;
        }
    }

    /** Opens what is remembered, of whatever list it is. */
    void openAsTheyAre() throws IOException {
        FormFolder.About there = there();
        if (forms == null) {
            open(there == null ? about : there);
        }
    }

    /** Opens what is remembered, also what an earlier version of the program has left. */
    void open() throws IOException {
        if (forms != null) {
            return;
        }
        if (isOfAnother()) {
            LOG.info("{}: another list, or another key, is read now. Its records are handed over once each", about.flow());
            folder.delete();
        }
        open(about);
        takeOver();
    }

    private void open(FormFolder.About of) throws IOException {
        try {
            forms = DeliveredForms.open(folder, of, disk);
            forms.share(shares);
        } catch (DamagedFormsException e) {
            recover(e);
        }
    }

    private void recover(DamagedFormsException damage) throws IOException {
        close();
        LOG.error("{}: {}. It was moved to {}, and every record is handed over once more", about.flow(),
                damage.getMessage(), DeliveredForms.moveAside(folder));
        forms = DeliveredForms.open(folder, about, disk);
        forms.share(shares);
    }

    private void takeOver() throws IOException {
        if (earlier.count() == 0) {
            return;
        }
        List<RecordForm> all = new ArrayList<>();
        earlier.read(0, each -> all.add(PageRecord.whole(each)));
        for (int i = 0; i < all.size(); i += BATCH) {
            forms.write(all.subList(i, Math.min(all.size(), i + BATCH)), true);
        }
        earlier.forget();
    }

    /** Forgets what an earlier version of the program has left. */
    void forgetEarlier() throws IOException {
        earlier.forget();
    }

    /** Forgets everything. */
    void forget() throws IOException {
        close();
        earlier.forget();
        folder.delete();
        open();
    }

    /** Whether the record was not handed over so far, or with another content. */
    boolean isNews(RecordForm record) throws IOException {
        try {
            return forms().form(record.key()) != record.form();
        } catch (DamagedFormsException e) {
            recover(e);
            return true;
        }
    }

    /** Whether it was not handed over so far, with any content. */
    boolean isUnknown(RecordForm record) throws IOException {
        return forms().form(record.key()) == RecordForm.NONE;
    }

    /** Returns when these are on the disk. */
    void add(List<RecordForm> records) throws IOException {
        forms().write(records, true);
    }

    private DeliveredForms forms() throws IOException {
        if (forms == null) {
            throw new IOException("the flow was stopped");
        }
        return forms;
    }

    /** So many reads share the memory that there is for this. */
    void share(int reads) {
        shares = reads;
        if (forms != null) {
            forms.share(reads);
        }
    }

    /** Another read, or another program, may have it. */
    void close() {
        if (forms != null) {
            forms.close();
            forms = null;
        }
    }
}
