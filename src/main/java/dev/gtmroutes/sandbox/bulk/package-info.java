// SPDX-License-Identifier: Apache-2.0
/** Salesloft's bulk jobs: they take records while they are open, are executed once they are ready, and then have results. */
package dev.gtmroutes.sandbox.bulk;
