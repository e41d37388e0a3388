// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.lint.kamelet.KameletDefinition;

/**
 * The folder of a vendor's Kamelets beside what its catalogue file says.
 *
 * @param stale     the files that are missing or differ, with the text that belongs there
 * @param left      generated files whose endpoint is no longer in the catalogue file
 * @param ownFiles  files of people that have the name of a generated Kamelet: they are never written over
 * @param unchanged how many files are as the catalogue file says
 */
public record KameletFolder(Map<Path, String> stale, List<Path> left, List<Path> ownFiles, int unchanged) {

    static KameletFolder compare(Path folder, List<GeneratedKamelet> kamelets, String firstLine) throws IOException {
        Map<Path, String> stale = new TreeMap<>();
        Map<Path, String> expected = new TreeMap<>();
        kamelets.forEach(each -> expected.put(folder.resolve(each.name() + KameletDefinition.ENDING), each.text()));
        List<Path> own = new ArrayList<>();
        int unchanged = 0;
        for (Map.Entry<Path, String> each : expected.entrySet()) {
            String text = Files.exists(each.getKey()) ? Files.readString(each.getKey()) : null;
            if (each.getValue().equals(text)) {
                unchanged++;
            } else if (text == null || text.startsWith(GeneratedKamelet.MARK)) {
                stale.put(each.getKey(), each.getValue());
            } else {
                own.add(each.getKey());
            }
        }
        return new KameletFolder(stale, left(folder, expected, firstLine), List.copyOf(own), unchanged);
    }

    private static List<Path> left(Path folder, Map<Path, String> expected, String firstLine) throws IOException {
        List<Path> left = new ArrayList<>();
        for (Path each : FolderContent.of(folder)) {
            if (each.toString().endsWith(KameletDefinition.ENDING) && !expected.containsKey(each)
                    && Files.readString(each).lines().findFirst().orElse("").equals(firstLine)) {
                left.add(each);
            }
        }
        return left;
    }

    /**
     * Makes the folder as the catalogue file says; files of people stay.
     *
     * @throws IOException if that is not possible; each file is as before or as it belongs
     */
    public void write() throws IOException {
        for (Map.Entry<Path, String> each : stale.entrySet()) {
            Files.createDirectories(each.getKey().getParent());
            // The program that watches this folder never sees half a file.
            Path made = each.getKey().resolveSibling("." + each.getKey().getFileName());
            Files.writeString(made, each.getValue());
            Files.move(made, each.getKey(), StandardCopyOption.ATOMIC_MOVE);
        }
        for (Path each : left) {
            Files.delete(each);
        }
    }
}
