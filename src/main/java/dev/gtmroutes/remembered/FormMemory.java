// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import dev.gtmroutes.record.KeyHash;

/** What all destinations remember: in files of this program, or in a table that several programs share. */
public interface FormMemory extends Closeable {

    /**
     * Opens what a destination remembers. What was remembered for another template or other attributes is deleted: its keys
     * have another meaning now.
     *
     * @param folder the name of the destination
     * @throws DamagedFormsException     if it cannot be read; {@link DeliveredForms#moveAside} helps
     * @throws FormsUnavailableException if it cannot be read for now
     * @throws IOException               if it cannot be written, or a newer version of the program wrote it
     */
    RememberedForms open(FormFolder folder, FormFolder.About about) throws IOException;

    /** All destinations that remember anything, those of flows that are gone included. @param data the data directory */
    List<Remembered> all(Path data) throws IOException;

    /** How many keys a destination remembers, also while programs are using it. */
    long count(FormFolder folder) throws IOException;

    /** Reads all keys that a destination remembers, also while programs are using it. */
    void export(FormFolder folder, RememberedForms.Reader reader) throws IOException;

    /**
     * Has something forgotten before the program reads another record.
     *
     * @param key null for all keys
     */
    void reset(FormFolder folder, KeyHash key) throws IOException;

    /** Deletes what a destination remembers. @return whether it remembered anything */
    boolean drop(FormFolder folder) throws IOException;

    /**
     * Deletes what other destinations of a flow remember, at once or before the flow delivers anything.
     *
     * @param data         the data directory
     * @param destinations that the flow has
     */
    void keepOnly(Path data, String flow, Collection<String> destinations) throws IOException;

    /** Deletes what the destinations of a flow remember. @param data the data directory */
    void forget(Path data, String flow) throws IOException;

    @Override
    void close();
}
