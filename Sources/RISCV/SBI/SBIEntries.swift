/// Every extension of the RISC-V SBI specification, version 3.0, chapters 4 to 20; the numbers of the extensions are their
/// names in ASCII. The digits are how many arguments each function takes.
let sbiEntries: [SBIEntry] = [
    SBIEntry(0x00, "legacy", "1", ["set_timer"]),
    SBIEntry(0x01, "legacy", "1", ["console_putchar"]),
    SBIEntry(0x02, "legacy", "0", ["console_getchar"]),
    SBIEntry(0x03, "legacy", "0", ["clear_ipi"]),
    SBIEntry(0x04, "legacy", "1", ["send_ipi"]),
    SBIEntry(0x05, "legacy", "1", ["remote_fence_i"]),
    SBIEntry(0x06, "legacy", "3", ["remote_sfence_vma"]),
    SBIEntry(0x07, "legacy", "4", ["remote_sfence_vma_asid"]),
    SBIEntry(0x08, "legacy", "0", ["shutdown"]),
    SBIEntry(
        0x10, "base", "0001000",
        [
            "get_spec_version", "get_impl_id", "get_impl_version", "probe_extension", "get_mvendorid", "get_marchid",
            "get_mimpid",
        ]),
    SBIEntry(0x5449_4D45, "TIME", "1", ["set_timer"]),
    SBIEntry(0x0073_5049, "IPI", "2", ["send_ipi"]),
    SBIEntry(
        0x5246_4E43, "RFENCE", "2455454",
        [
            "remote_fence_i", "remote_sfence_vma", "remote_sfence_vma_asid", "remote_hfence_gvma_vmid",
            "remote_hfence_gvma", "remote_hfence_vvma_asid", "remote_hfence_vvma",
        ]),
    SBIEntry(0x0048_534D, "HSM", "3013", ["hart_start", "hart_stop", "hart_get_status", "hart_suspend"]),
    SBIEntry(0x5352_5354, "SRST", "2", ["system_reset"]),
    SBIEntry(
        0x0050_4D55, "PMU", "015431134",
        [
            "num_counters", "counter_get_info", "counter_config_matching", "counter_start", "counter_stop",
            "counter_fw_read", "counter_fw_read_hi", "snapshot_set_shmem", "event_get_info",
        ]),
    SBIEntry(0x4442_434E, "DBCN", "331", ["console_write", "console_read", "console_write_byte"]),
    SBIEntry(0x5355_5350, "SUSP", "3", ["system_suspend"]),
    SBIEntry(0x4350_5043, "CPPC", "1112", ["probe", "read", "read_hi", "write"]),
    SBIEntry(
        0x4E41_434C, "NACL", "13110", ["probe_feature", "set_shmem", "sync_csr", "sync_hfence", "sync_sret"]),
    SBIEntry(0x0053_5441, "STA", "3", ["set_shmem"]),
    SBIEntry(
        0x0053_5345, "SSE", "5531110200",
        [
            "read_attrs", "write_attrs", "register", "unregister", "enable", "disable", "complete", "inject",
            "hart_unmask", "hart_mask",
        ]),
    SBIEntry(0x4657_4654, "FWFT", "31", ["set", "get"]),
    SBIEntry(
        0x4442_5452, "DBTR", "13211222",
        [
            "num_triggers", "set_shmem", "read_triggers", "install_triggers", "update_triggers", "uninstall_triggers",
            "enable_triggers", "disable_triggers",
        ]),
    SBIEntry(
        0x4D50_5859, "MPXY", "03133331",
        [
            "get_shmem_size", "set_shmem", "get_channel_ids", "read_attributes", "write_attributes",
            "send_message_with_response", "send_message_without_response", "get_notification_events",
        ]),
]
