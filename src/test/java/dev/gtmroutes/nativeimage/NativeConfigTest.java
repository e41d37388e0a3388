// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GraalVM's files of either age are read, and what a record asks for is looked up in them. */
class NativeConfigTest {

    private final NativeConfig config = new NativeConfig();

    private void add(String file, String json) throws IOException {
        config.addJson(file, new ObjectMapper().readTree(json));
    }

    private List<String> missing(Path directory, String... lines) throws IOException {
        Files.writeString(directory.resolve("program.txt"), String.join("\n", lines).replace('|', '\t'));
        return new NativeCheck(config).missing(Use.read(directory)).stream().map(Use::name).toList();
    }

    @Test
    void filesOfEarlierVersionsAreRead(@TempDir Path directory) throws IOException {
        add("reflect-config.json", """
                [{"name": "a.Part", "methods": [{"name": "go", "parameterTypes": []}]},
                 {"name": "a.Whole", "allDeclaredConstructors": true, "allDeclaredMethods": true, "allDeclaredFields": true},
                 {"name": "a.Part", "fields": [{"name": "size"}]}]""");
        add("resource-config.json", """
                {"resources": {"includes": [{"pattern": "\\\\Qa/b.txt\\\\E"}, {"pattern": "c/.*"}],
                               "excludes": [{"pattern": "c/not"}]},
                 "bundles": [{"name": "java.base:a.Texts"}]}""");
        add("proxy-config.json", "[[\"a.One\", \"a.Two\"], {\"interfaces\": [\"a.Three\"]}]");
        add("serialization-config.json", "{\"types\": [{\"name\": \"a.Kept\"}]}");

        assertThat(missing(directory, "class|a.Part|x.Y.z|", "class|a.None|x.Y.z|", "method|a.Part#go()|x.Y.z|",
                "method|a.Part#stop()|x.Y.z|", "field|a.Part#size|x.Y.z|", "constructor|a.Part#<init>()|x.Y.z|",
                "constructor|a.Whole#<init>(int)|x.Y.z|", "read|a.Whole|x.Y.z|", "written|a.Part|x.Y.z|",
                "resource|a/b.txt|x.Y.z|", "resource|a/bxtxt|x.Y.z|", "resource|c/yes|x.Y.z|", "resource|c/not|x.Y.z|",
                "bundle|a.Texts|x.Y.z|", "bundle|a.Words|x.Y.z|", "proxy|a.One,a.Two|x.Y.z|", "proxy|a.Two|x.Y.z|",
                "proxy|a.Three|x.Y.z|", "serialized|a.Kept|x.Y.z|", "serialized|a.Lost|x.Y.z|", ""))
                .containsExactlyInAnyOrder("a.None", "a.Part#stop()", "a.Part#<init>()", "a.Part", "a/bxtxt", "c/not",
                        "a.Words", "a.Two", "a.Lost");
    }

    @Test
    void theFileOfLaterVersionsIsRead(@TempDir Path directory) throws IOException {
        add("reachability-metadata.json", """
                {"reflection": [{"type": "a.Part", "allDeclaredMethods": true, "serializable": true},
                                {"type": {"proxy": ["a.One", "a.Two"]}}],
                 "resources": [{"glob": "a/*.txt"}, {"glob": "b/**"}, {"bundle": "a.Texts"}]}""");

        assertThat(missing(directory, "class|a.Part|x.Y.z|", "method|a.Part#go()|x.Y.z|", "field|a.Part#size|x.Y.z|",
                "serialized|a.Part|x.Y.z|", "proxy|a.One,a.Two|x.Y.z|", "resource|a/b.txt|x.Y.z|",
                "resource|a/b/c.txt|x.Y.z|", "resource|b/c/d|x.Y.z|", "bundle|a.Texts|x.Y.z|", ""))
                .containsExactlyInAnyOrder("a.Part#size", "a/b/c.txt");
    }

    @Test
    void whatRunsWhenTheImageIsBuiltIsNotNeeded(@TempDir Path directory) throws IOException {
        assertThat(missing(directory, "class|a.First|x.Y.z|x.Y", "class|a.Second|x.Y.z|", "class|a.Cut|x.Y.z"))
                .containsExactly("a.Second");
    }

    @Test
    void argumentsOfLibrariesAreRead() throws IOException {
        String properties = "Args = --initialize-at-run-time=a.Later,a.later \\\n"
                + "  -H:IncludeResources=a/.*\\\\.txt --other\n";
        NativeArguments.Further further = NativeArguments.further(
                new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(further.resources()).containsExactly("a/.*\\.txt");
        assertThat(further.initializedLater()).containsExactlyInAnyOrder("a.Later", "a.later");
    }

    @Test
    void configurationCanBeLeftOutByArguments(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("native-image.args"),
                "--no-fallback --exclude-config io\\.netty\\.netty-codec "
                        + "/META-INF/native-image/.*/reflect-config\\.json -jar");
        NativeArguments arguments = NativeArguments.read(file);

        assertThat(arguments.isExcluded(Path.of("lib/io.netty.netty-codec-4.1.jar"),
                "META-INF/native-image/io.netty/reflect-config.json")).isTrue();
        assertThat(arguments.isExcluded(Path.of("lib/io.netty.netty-buffer-4.1.jar"),
                "META-INF/native-image/io.netty/reflect-config.json")).isFalse();
    }
}
