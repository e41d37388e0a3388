// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which, as docs/architecture.md draws it. */
class LayersTest {

    private static final String OURS = "dev.gtmroutes.";
    private static final int MOST_CLASSES = 25;

    /** From the lowest to the highest: a layer may use those before it. Packages of one layer may use each other. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("thread", "disk", "record", "parameter"),
            List.of("api"),
            List.of("progress", "remembered"),
            List.of("credential"),
            List.of("delivery"),
            List.of("inbox", "outbox", "deadletter", "kafka", "lookup"),
            List.of("sources", "export", "paged", "bulk", "retention", "history", "vault"),
            List.of("lint", "catalogue"),
            List.of("flow"),
            List.of("form", "rename", "web", "audit"),
            List.of("access"),
            List.of("command", "console", "demo", "intake", "observe", "trace", "upkeep"));

    /** Up to here, the packages can be used in any Camel application. */
    private static final String LAST_WITHOUT_QUARKUS = "lint";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.gtmroutes");
    }

    static List<String> packages() {
        return LAYERS.stream().flatMap(List::stream).toList();
    }

    private static List<String> above(String name) {
        return LAYERS.stream().dropWhile(layer -> !layer.contains(name)).skip(1).flatMap(List::stream)
                .map(each -> OURS + each + "..").toList();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesNoneOfAHigherLayer(String name) {
        List<String> above = above(name);
        if (!above.isEmpty()) {
            noClasses().that().resideInAPackage(OURS + name + "..").should().dependOnClassesThat(
                    resideInAnyPackage(above.toArray(String[]::new))).check(classes);
        }
    }

    @Test
    void upToLintNothingNeedsQuarkus() {
        List<String> low = LAYERS.stream().takeWhile(layer -> !layer.contains("flow")).flatMap(List::stream)
                .map(each -> OURS + each + "..").toList();
        // SmallRye's parser of OpenAPI is a library of its own; the import of documents runs in the program only.
        noClasses().that().resideInAnyPackage(low.toArray(String[]::new)).and().doNotHaveSimpleName("ParsedDocument")
                .should().dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta..",
                        "org.eclipse.microprofile..", "io.smallrye.."))
                .check(classes);
        assertThat(packages()).contains(LAST_WITHOUT_QUARKUS);
    }

    /** It stands for the vendors: what it shares with the program would be wrong in both. */
    @Test
    void theSandboxKnowsNothingOfDelivery() {
        noClasses().that().resideInAPackage(OURS + "sandbox..").should().dependOnClassesThat(
                resideInAnyPackage(packages().stream().map(each -> OURS + each + "..").toArray(String[]::new)))
                .check(classes);
    }

    @Test
    void eachPackageIsInALayer() {
        TreeSet<String> there = classes.stream().map(each -> each.getPackageName())
                .filter(each -> each.startsWith(OURS)).map(each -> each.substring(OURS.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        there.remove("sandbox");
        assertThat(packages()).containsAll(there);
    }

    @Test
    void noPackageIsTooLargeToKnow() {
        Map<String, Long> sizes = topLevel().collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new,
                Collectors.counting()));
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @Test
    void noNameStandsTwice() {
        Map<String, List<String>> byName = topLevel().collect(Collectors.groupingBy(JavaClass::getSimpleName, TreeMap::new,
                Collectors.mapping(JavaClass::getName, Collectors.toList())));
        byName.values().removeIf(names -> names.size() == 1);
        assertThat(byName).isEmpty();
    }

    private static Stream<JavaClass> topLevel() {
        return classes.stream().filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"));
    }
}
