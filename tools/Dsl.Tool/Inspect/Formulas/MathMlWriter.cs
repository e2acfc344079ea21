using System.Xml.Linq;

namespace Dsl.Inspect.Formulas;

/// <summary>A formula as MathML, which browsers show without a script.</summary>
internal static class MathMlWriter
{
    public static XElement Write(FormulaPart formula) => new("math", new XAttribute("display", "block"), Element(formula));

    private static XElement Element(FormulaPart part) => part switch
    {
        FormulaPart.Number number => new("mn", number.Digits),
        FormulaPart.Letter letter => new("mi", letter.Name),
        FormulaPart.Function function => new("mi", function.Name),
        FormulaPart.Words words => new("mtext", $"\u00A0{words.Text}\u00A0"),
        FormulaPart.Sign { Character: 'Σ' } => new("mo", "∑"),
        FormulaPart.Sign sign => new("mo", sign.Character.ToString()),
        FormulaPart.Row row => new("mrow", Row(row.Parts)),
        FormulaPart.Group group => new("mrow", new XElement("mo", group.Open.ToString()), Element(group.Inner),
            new XElement("mo", group.Close.ToString())),
        FormulaPart.Script { Lower: { } lower, Upper: { } upper } script =>
            new("msubsup", Element(script.Base), Element(lower), Element(upper)),
        FormulaPart.Script { Lower: { } lower } script => new("msub", Element(script.Base), Element(lower)),
        FormulaPart.Script { Upper: { } upper } script => new("msup", Element(script.Base), Element(upper)),
        _ => throw new NotSupportedException($"{part.GetType().Name} has no MathML"),
    };

    // A word and the letter that it is applied to would touch.
    private static IEnumerable<XElement> Row(IReadOnlyList<FormulaPart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            yield return Element(parts[i]);
            if (parts[i] is FormulaPart.Function && i + 1 < parts.Count && parts[i + 1] is not FormulaPart.Group)
                yield return new XElement("mspace", new XAttribute("width", "0.2em"));
        }
    }
}
