// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies in an inbox. */
public final class InboxFolder {

    private final Path inbox;

    public InboxFolder(Path inbox) {
        this.inbox = inbox;
    }

    /** The files that others may pick up, by name. */
    public List<Path> visible(String flow) throws IOException {
        return files(inbox.resolve(flow));
    }

    /** The files that are not finished. */
    public List<Path> hidden(String flow) throws IOException {
        return files(inbox.resolve(flow).resolve(".intake"));
    }

    /** The content of each visible file. */
    public List<String> visibleText(String flow) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : visible(flow)) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    /** The lines of all visible files. */
    public List<String> visibleLines(String flow) throws IOException {
        return visibleText(flow).stream().flatMap(String::lines).toList();
    }

    /** The content of all files, finished or not. */
    public String everything(String flow) throws IOException {
        try {
            StringBuilder text = new StringBuilder();
            for (Path file : hidden(flow)) {
                text.append(Files.readString(file));
            }
            return text.append(String.join("", visibleText(flow))).toString();
        } catch (NoSuchFileException e) {
            // Renamed since it was listed.
            return everything(flow);
        }
    }

    /** The bytes of all files, finished or not. */
    public long size(String flow) throws IOException {
        return Stream.concat(hidden(flow).stream(), visible(flow).stream()).map(Path::toFile).mapToLong(File::length)
                .sum();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
