// The serial port, an NS16550A whose line takes each byte at once and on which nobody types.
#include "machine.h"

enum { DATA, IER, IIR, LCR, MCR, LSR, MSR, SCR };
enum { IER_EMPTY = 2, IIR_NONE = 1, IIR_EMPTY = 2, IIR_FIFO = 0xC0, LCR_DIVISOR = 0x80, MCR_LOOP = 0x10, LSR_EMPTY = 0x60 };

static uint8_t fifo_control, line_control, modem_control, interrupt_enable, scratch, divisor[2];
static bool empty_is_news; // the transmitter ran empty, and the guest was not told

static bool interrupts(void) { return interrupt_enable & IER_EMPTY && empty_is_news; }

// In the loop the modem is the guest itself: RTS, DTR, OUT1 and OUT2 come back as CTS, DSR, RI and DCD.
static uint8_t modem_status(void) {
    uint8_t control = modem_control;
    if (!(control & MCR_LOOP))
        return 0xB0;
    return (control & 2) << 3 | (control & 1) << 5 | (control & 4) << 4 | (control & 8) << 4;
}

static uint8_t load(uint64_t offset) {
    if (offset <= IER && line_control & LCR_DIVISOR)
        return divisor[offset];
    switch (offset) {
    case IER: return interrupt_enable;
    case IIR: {
        uint8_t cause = interrupts() ? IIR_EMPTY : IIR_NONE;
        if (cause == IIR_EMPTY)
            empty_is_news = false;
        return cause | (fifo_control & 1 ? IIR_FIFO : 0);
    }
    case LCR: return line_control;
    case MCR: return modem_control;
    case LSR: return LSR_EMPTY;
    case MSR: return modem_status();
    case SCR: return scratch;
    default: return 0;
    }
}

static void store(uint64_t offset, uint8_t byte) {
    if (offset <= IER && line_control & LCR_DIVISOR) {
        divisor[offset] = byte;
        return;
    }
    switch (offset) {
    case DATA:
        empty_is_news = true;
        if (!(modem_control & MCR_LOOP))
            print(&byte, 1);
        break;
    case IER:
        if (byte & ~interrupt_enable & IER_EMPTY)
            empty_is_news = true;
        interrupt_enable = byte & 0x0F;
        break;
    case IIR: fifo_control = byte; break;
    case LCR: line_control = byte; break;
    case MCR: modem_control = byte & 0x1F; break;
    case SCR: scratch = byte; break;
    }
}

uint8_t uart_load(const struct guest *guest, uint64_t offset) {
    uint8_t value = load(offset);
    plic_set_uart_line(guest, interrupts());
    return value;
}

void uart_store(const struct guest *guest, uint64_t offset, uint8_t byte) {
    store(offset, byte);
    plic_set_uart_line(guest, interrupts());
}
