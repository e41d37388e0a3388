// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** The text of a mapping has mistakes. The message is one line that names all of them. */
public final class MappingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<MappingProblem> problems;

    MappingException(List<MappingProblem> problems) {
        super(problems.stream().map(MappingProblem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of their lines. */
    public List<MappingProblem> problems() {
        return problems;
    }
}
