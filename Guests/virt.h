// The devices of QEMU's machine `virt`, which kvmdbg's machine has too.
#define FINISHER 0x100000
#define PLIC 0x0C000000
#define PLIC_PRIORITY(source) (4 * (source))
#define PLIC_ENABLE_S (PLIC + 0x2080)       // of hart 0
#define PLIC_CONTEXT_S (PLIC + 0x201000)    // of hart 0: the threshold, then claim and complete
#define PLIC_CLAIM 4

// The serial port (NS16550A), its registers a byte apart.
#define UART 0x10000000
#define UART_SOURCE 10
#define UART_DATA 0
#define UART_IER 1
#define UART_IIR 2
#define UART_FCR 2
#define UART_LCR 3
#define UART_MCR 4
#define UART_LSR 5
#define UART_IER_RECEIVED 1
#define UART_MCR_LOOP 0x10
#define UART_LSR_READY 0x01
#define UART_LSR_EMPTY 0x20
