// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.access.Role;
import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.deadletter.LetterCursor;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.LetterPage;
import dev.gtmroutes.deadletter.index.ReasonGroup;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.lint.kamelet.Kamelets;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the page of dead letters. */
@Singleton
public class LetterDesks {

    private static final int MOST_GROUPS = 50;

    private final LetterStore letters;
    private final LetterTasks tasks;
    private final ReplayOutcomes outcomes;
    private final FlowFiles files;
    private final SecurityIdentity person;
    private final String topic;

    LetterDesks(LetterStore letters, LetterTasks tasks, ReplayOutcomes outcomes, FlowFiles files, SecurityIdentity person,
            @ConfigProperty(name = "gtm.dead-letters.topic") Optional<String> topic) {
        this.letters = letters;
        this.tasks = tasks;
        this.outcomes = outcomes;
        this.files = files;
        this.person = person;
        this.topic = topic.orElse("").strip();
    }

    boolean mayChange() {
        return person.hasRole(Role.OPERATOR.toString());
    }

    /** The page that an address asks for. */
    LetterDesk of(LetterFilter filter) throws IOException {
        return of(filter, null, "");
    }

    /**
     * The same with what somebody has typed in the place of the record.
     *
     * @param typed null if nobody did
     * @param error what is wrong with it
     */
    LetterDesk of(LetterFilter filter, String typed, String error) throws IOException {
        List<LetterTask> recent = tasks.recent();
        for (LetterTask each : recent) {
            each.look(outcomes);
        }
        FoundLetter asked = filter.letter().isEmpty() ? null : find(filter.letter());
        List<ReasonGroup> groups = filter.isSearch() ? List.of() : letters.groups(filter);
        String group = filter.isSearch() ? filter.group() : open(groups, filter, asked);
        LetterPage page = filter.isSearch() ? letters.page(filter)
                : group.isEmpty() ? null : page(filter, group, asked);
        LetterView view = asked != null ? view(flow(filter.letter()), asked, typed, error)
                : page == null || page.letters().isEmpty() ? null : first(page);
        Kamelets known = files.kamelets();
        return new LetterDesk(filter, letters.flows(), letters.count(filter.flow()), groups.stream()
                .limit(MOST_GROUPS).map(each -> row(each, filter, known)).toList(), Math.max(0, groups.size() - MOST_GROUPS),
                group, page, view, recent, topic, mayChange());
    }

    /** The group that is asked for, else that of the letter, else the first. */
    private static String open(List<ReasonGroup> groups, LetterFilter filter, FoundLetter asked) {
        for (String each : List.of(filter.group(), asked == null ? "" : asked.letter().why().key())) {
            if (groups.stream().anyMatch(group -> group.key().equals(each))) {
                return each;
            }
        }
        return groups.isEmpty() ? "" : groups.get(0).key();
    }

    /** From where the address says, else the newest; where the letter is not among them, from that letter on. */
    private LetterPage page(LetterFilter filter, String group, FoundLetter asked) throws IOException {
        LetterPage page = letters.ofGroup(filter, group, filter.from());
        boolean isElsewhere = asked != null && filter.isNewest() && page.letters().stream()
                .noneMatch(each -> each.letter().id().equals(asked.letter().id()));
        if (!isElsewhere || asked.letter().fate() != filter.choice().fate()
                || !asked.letter().why().key().equals(group)) {
            return page;
        }
        return letters.ofGroup(filter, group,
                new LetterCursor(asked.letter().time(), flow(filter.letter()), asked.letter().id()));
    }

    private LetterView first(LetterPage page) throws IOException {
        LetterPage.Entry first = page.letters().get(0);
        return view(first.flow(), letters.find(first.flow(), first.letter().id().toString()), null, "");
    }

    private static String flow(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /** @throws NotFoundException if there is no such letter */
    FoundLetter find(String name) throws IOException {
        return letters.find(flow(name), name.substring(name.indexOf('/') + 1));
    }

    private GroupRow row(ReasonGroup group, LetterFilter filter, Kamelets known) {
        String vendor = group.template().isEmpty() ? "" : mark(group.template(), known).title();
        return new GroupRow(group, vendor.equals(VendorMark.NONE.title()) ? "" : vendor, filter.page(group.key(), "", ""));
    }

    private static VendorMark mark(String template, Kamelets known) {
        return known.find(template + "-sink").map(each -> VendorMark.of(each, known)).orElse(VendorMark.NONE);
    }

    LetterView view(String flow, FoundLetter found, String typed, String error) throws IOException {
        return new LetterView(flow, found, typed, error, letters.presence(flow), letters.result(flow, found).orElse(null),
                topic, mark(found.letter().template(), files.kamelets()));
    }
}
