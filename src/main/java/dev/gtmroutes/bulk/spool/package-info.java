// SPDX-License-Identifier: Apache-2.0
/** The files of records that wait for bulk jobs. */
package dev.gtmroutes.bulk.spool;
