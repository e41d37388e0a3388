// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.util.List;

import dev.gtmroutes.sources.LedgerFile;

/** Where a read goes on that another run of the program, or another version of its flow, has begun. */
record ReadOpening(ReadOrder order, LedgerFile file, HandedRecords handed, PageFile pageFile) {

    /**
     * What is there.
     *
     * @param progress how far it is
     * @param lines    the records of the page that is in work; null if there is none
     * @param behind   what is read behind that page; null for what follows it in its list
     */
    record Found(ReadProgress progress, List<byte[]> lines, ReadProgress behind) {
    }

    /** @throws IOException if the files cannot be read */
    Found open() throws IOException {
        byte[] bytes = file.read();
        if (bytes == null) {
            // A person wants everything again.
            handed.forget();
            pageFile.forget();
            return new Found(ReadProgress.none(order), null, null);
        }
        ReadProgress found = ProgressDocument.read(bytes);
        boolean same = found.order().equals(order.toString()) && !handed.isOfAnother();
        ReadProgress next = same ? found.with(order.changes()) : ReadProgress.none(order);
        List<byte[]> lines = found.page() == null ? null : pageFile.read();
        if (lines == null) {
            return goOn(found, next);
        }
        // Where its list is not read any more, the page is its last one.
        if (same) {
            handed.open();
        } else {
            handed.openAsTheyAre();
        }
        return new Found(found, lines, next == found ? null : next);
    }

    private Found goOn(ReadProgress found, ReadProgress next) throws IOException {
        if (next.page() == null) {
            pageFile.forget();
        }
        // Where somebody deleted the page, what is noted of it stays: it tells which records of the next one were sent.
        ReadProgress on = next.withPage(null);
        if (on.order().equals(found.order()) && handed.isOfAnother()) {
            // Before its records are forgotten: a crash in between must not go on in the middle.
            file.write(ProgressDocument.write(on, order.changes().precision()));
        }
        openOwn(found, on);
        return new Found(on, null, null);
    }

    /** Of another part of the same list, only what is new is handed over. */
    private void openOwn(ReadProgress found, ReadProgress next) throws IOException {
        if (!next.order().equals(found.order())) {
            handed.forgetEarlier();
        }
        handed.open();
    }

    /** The page is over, and its progress is on the disk. */
    void leavePage(ReadProgress found, ReadProgress next) throws IOException {
        handed.close();
        openOwn(found, next);
    }
}
