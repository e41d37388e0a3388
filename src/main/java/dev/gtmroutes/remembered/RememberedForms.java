// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;

/** The form in which each record was last delivered to one destination. For any number of threads. */
public interface RememberedForms extends Closeable {

    /** Receives what is remembered. */
    interface Reader {

        void read(RecordForm form) throws IOException;
    }

    /**
     * @return for each key the form in which its record was last delivered; {@link RecordForm#NONE} if that is unknown
     * @throws DamagedFormsException     if it cannot be read
     * @throws FormsUnavailableException if it cannot be read for now
     */
    long[] forms(List<KeyHash> keys) throws IOException;

    /**
     * Records of these keys leave now: what is remembered of them is uncertain from now on, also after a crash or a power
     * cut.
     *
     * @param before each key once, with the form that this program knows to be remembered
     * @throws IOException if that cannot be noted; the records must not leave
     */
    void leaving(List<RecordForm> before) throws IOException;

    /**
     * Remembers forms, or forgets them: {@link RecordForm#NONE}. A crash of the program it outlives.
     *
     * @throws FormsUnavailableException if that cannot be written for now; the same may be written again then
     * @throws IOException               if that cannot be written; nothing of it counts
     */
    void write(List<RecordForm> forms) throws IOException;

    /**
     * Forgets what people have asked to forget.
     *
     * @return the keys that were forgotten, each with no form; null for all of them
     */
    List<RecordForm> applyResets() throws IOException;

    /** Fails as long as a use of it would. @throws FormsUnavailableException if it cannot be used for now */
    void check() throws IOException;

    /** How many keys have a form. */
    long keys() throws IOException;

    /** Whether other programs use it, too. */
    boolean isShared();

    /** Whether it was deleted, so that it has to be opened again. */
    boolean isGone();

    /** So many destinations share the memory that there is for this. */
    void share(int destinations);

    @Override
    void close();
}
