import Debugger
import Guest
import Reports

/// `info symbol EXPR`: what is at an address.
enum InfoSymbol {
    static var command: Command {
        Command(
            name: "symbol", group: .status,
            usage: ["info symbol EXPRESSION"],
            summary: "Name the symbol at an address",
            help:
                "Names the symbol that holds the address which EXPRESSION has, and the address's distance from its start.",
            completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                let address = try context.address(try context.evaluate(expression), nil)
                guard let text = context.session.symbolText(address) else {
                    throw .failed("No symbol is at or before \(address.description) in the loaded guest.", nil)
                }
                context.line(context.style.symbol(text))
            }
        }
    }
}
