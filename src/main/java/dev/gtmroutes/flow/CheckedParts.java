// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.support.PluginHelper;

/**
 * The parts that a Camel gets whose flows are only checked: those of Camel and of this program that do nothing when they
 * are made. What a file names beyond that is refused and noted, so that the file counts as not loaded.
 */
final class CheckedParts {

    private static final Set<String> COMPONENTS = Set.of("bean", "direct", "file", "http", "https", "kafka", "kamelet",
            "log",
            "mock", "seda", "timer");
    private static final Set<String> LANGUAGES = Set.of("bean", "constant", "exchangeProperty", "file", "header", "ref",
            "simple", "tokenize", "variable");
    private static final List<String> PACKAGES = List.of("dev.gtmroutes.", "org.apache.camel.");
    private static final Set<Class<?>> VALUES = Set.of(String.class, Integer.class, Long.class, Double.class, Boolean.class,
            Object.class, byte[].class, Map.class, List.class, Set.class, Collection.class, InputStream.class);

    private String refused;

    /** Takes effect for all that is made from now on. */
    void install(CamelContext camel) {
        ComponentResolver components = PluginHelper.getComponentResolver(camel);
        LanguageResolver languages = PluginHelper.getLanguageResolver(camel);
        camel.getCamelContextExtension().addContextPlugin(ComponentResolver.class,
                (name, context) -> component(name, context, components));
        camel.getCamelContextExtension().addContextPlugin(LanguageResolver.class,
                (name, context) -> language(name, context, languages));
        camel.setClassResolver(new Classes(camel));
    }

    /** What was refused since the last time this was asked. */
    Optional<String> takeRefused() {
        Optional<String> taken = Optional.ofNullable(refused);
        refused = null;
        return taken;
    }

    private Component component(String name, CamelContext camel, ComponentResolver others) throws Exception {
        boolean exists = camel.getCamelContextExtension().getDefaultFactoryFinder() != null
                && camel.getCamelContextExtension().getFactoryFinder("META-INF/services/org/apache/camel/component/")
                        .findClass(name).isPresent();
        if (exists && !COMPONENTS.contains(name)) {
            refuse("the component " + name);
        }
        return exists && !COMPONENTS.contains(name) ? null : others.resolveComponent(name, camel);
    }

    private Language language(String name, CamelContext camel, LanguageResolver others) {
        if (!LANGUAGES.contains(name)) {
            throw new IllegalArgumentException("The language " + refuse("the language " + name) + " is not made here.");
        }
        return others.resolveLanguage(name, camel);
    }

    private String refuse(String what) {
        if (refused == null) {
            refused = what;
        }
        return what;
    }

    /** Loads a class, which runs nothing of it, but hands out only harmless ones. */
    private final class Classes extends DefaultClassResolver {

        Classes(CamelContext camel) {
            super(camel);
        }

        @Override
        protected Class<?> loadClass(String name, ClassLoader loader) {
            Class<?> found = super.loadClass(name, loader);
            boolean harmless = found == null || found.isPrimitive() || VALUES.contains(found)
                    || Throwable.class.isAssignableFrom(found) || PACKAGES.stream().anyMatch(found.getName()::startsWith);
            if (!harmless) {
                refuse("the class " + found.getName());
            }
            return harmless ? found : null;
        }
    }
}
