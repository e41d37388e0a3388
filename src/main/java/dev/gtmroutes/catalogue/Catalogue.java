// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.disk.FolderContent;

/** A catalogue file, which says what is specific to one vendor, and the Kamelets that are made from it. */
public final class Catalogue {

    private final VendorEntry vendor;
    private final String firstLine;

    private Catalogue(VendorEntry vendor, String firstLine) {
        this.vendor = vendor;
        this.firstLine = firstLine;
    }

    /**
     * Reads a catalogue file.
     *
     * @throws CatalogueException for the first mistake in it
     */
    public static Catalogue read(Path file) throws CatalogueException {
        return new Catalogue(CatalogueReader.read(file), GeneratedKamelet.firstLine(file.getFileName().toString()));
    }

    /**
     * Reads a text that is to become a catalogue file.
     *
     * @throws CatalogueException for the first mistake in it
     */
    public static Catalogue of(Path file, String text) throws CatalogueException {
        return new Catalogue(CatalogueReader.of(file, text), GeneratedKamelet.firstLine(file.getFileName().toString()));
    }

    /**
     * The catalogue files of a folder of routes, in {@code catalogue/}, by name.
     *
     * @return none if there is no such folder
     */
    public static List<Path> files(Path routes) throws IOException {
        return FolderContent.of(routes.resolve("catalogue")).stream()
                .filter(each -> each.getFileName().toString().matches("[^.].*\\.yaml")).toList();
    }

    /** Whether a vendor can have this name, which is that of its file, too. */
    public static boolean isVendorName(String name) {
        return name.matches(CatalogueReader.nameForm());
    }

    /** Whether catalogue files can have this key at their top. */
    public static boolean hasKey(String key) {
        return CatalogueReader.keys().contains(key);
    }

    /** The name of the vendor, which is that of the folder of its Kamelets, too. */
    public String vendor() {
        return vendor.name();
    }

    /** The vendor APIs, the templates and the sources of lists, always the same for the same file. */
    public List<GeneratedKamelet> kamelets() {
        List<GeneratedKamelet> kamelets = new ArrayList<>();
        vendor.apis().forEach(each -> kamelets.add(new ApiKamelet(vendor, each, firstLine).kamelet()));
        SinkKamelet sinks = new SinkKamelet(vendor, firstLine);
        vendor.endpoints().forEach(each -> kamelets.add(sinks.of(each)));
        if (!vendor.methods().isEmpty()) {
            kamelets.add(sinks.manual());
        }
        SourceKamelet sources = new SourceKamelet(vendor, firstLine);
        vendor.lists().forEach(each -> kamelets.add(sources.of(each)));
        return List.copyOf(kamelets);
    }

    /**
     * Compares the folder of the vendor's Kamelets with the catalogue file.
     *
     * @param routes the folder that holds kamelets/
     * @throws IOException if its files cannot be read
     */
    public KameletFolder folder(Path routes) throws IOException {
        return KameletFolder.compare(routes.resolve("kamelets").resolve(vendor.name()), kamelets(), firstLine);
    }
}
