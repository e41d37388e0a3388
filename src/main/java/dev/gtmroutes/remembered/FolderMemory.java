// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.KeyHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In the data directory of this program, see {@link FormFolder}. */
public final class FolderMemory implements FormMemory {

    private static final Logger LOG = LoggerFactory.getLogger(FolderMemory.class);

    @Override
    public RememberedForms open(FormFolder folder, FormFolder.About about) throws IOException {
        return DeliveredForms.open(folder, about, new Disk());
    }

    @Override
    public List<Remembered> all(Path data) throws IOException {
        List<Remembered> all = new ArrayList<>();
        for (FormFolder each : FormFolder.all(data)) {
            FormFolder.About about = each.readAbout();
            if (about != null) {
                all.add(new Remembered(about.flow(), about.destination(), about.template(), about.attributes(),
                        each.bytes(), !each.resetsAsked().isEmpty()));
            }
        }
        return all;
    }

    @Override
    public long count(FormFolder folder) throws IOException {
        return DeliveredForms.count(folder);
    }

    @Override
    public void export(FormFolder folder, RememberedForms.Reader reader) throws IOException {
        DeliveredForms.export(folder, reader);
    }

    @Override
    public void reset(FormFolder folder, KeyHash key) throws IOException {
        folder.requestReset(key);
    }

    @Override
    public boolean drop(FormFolder folder) throws IOException {
        boolean there = folder.exists();
        folder.delete();
        return there;
    }

    @Override
    public void keepOnly(Path data, String flow, Collection<String> destinations) throws IOException {
        for (FormFolder each : FormFolder.of(data, flow)) {
            if (!destinations.contains(each.destination())) {
                each.delete();
                LOG.info("{}: has no destination {} any more, so what Only Changed remembered of it was deleted", flow,
                        each.destination());
            }
        }
    }

    @Override
    public void forget(Path data, String flow) throws IOException {
        keepOnly(data, flow, Set.of());
    }

    @Override
    public void close() {
        // Each destination closes its own files.
    }
}
