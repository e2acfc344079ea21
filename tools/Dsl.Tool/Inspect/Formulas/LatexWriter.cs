namespace Dsl.Inspect.Formulas;

/// <summary>A formula as LaTeX, for a paper or a page with a renderer.</summary>
internal static class LatexWriter
{
    private static readonly Dictionary<char, string> Greek = new()
    {
        ['α'] = "\\alpha", ['β'] = "\\beta", ['γ'] = "\\gamma", ['Γ'] = "\\Gamma", ['δ'] = "\\delta", ['Δ'] = "\\Delta",
        ['ε'] = "\\varepsilon",
        ['ζ'] = "\\zeta", ['η'] = "\\eta", ['θ'] = "\\theta", ['Θ'] = "\\Theta", ['κ'] = "\\kappa", ['λ'] = "\\lambda",
        ['Λ'] = "\\Lambda",
        ['μ'] = "\\mu", ['ν'] = "\\nu", ['ξ'] = "\\xi", ['π'] = "\\pi", ['ρ'] = "\\rho", ['σ'] = "\\sigma", ['τ'] = "\\tau",
        ['φ'] = "\\varphi",
        ['χ'] = "\\chi", ['ψ'] = "\\psi", ['ω'] = "\\omega", ['Ω'] = "\\Omega",
    };

    private static readonly Dictionary<char, string> Signs = new()
    {
        ['−'] = "-", ['·'] = "\\cdot ", ['‖'] = "\\,\\Vert\\,", ['≤'] = "\\le ", ['≥'] = "\\ge ", ['≠'] = "\\ne ",
        ['Σ'] = "\\sum", ['∈'] = "\\in ",
        ['~'] = "\\sim ", ['√'] = "\\surd ", ['×'] = "\\times ", ['∞'] = "\\infty ", ['←'] = "\\leftarrow ", ['→'] = "\\to ",
        ['∇'] = "\\nabla ",
        [','] = ",\\; ", ['&'] = "\\&", ['%'] = "\\%", ['#'] = "\\#",
    };

    private static readonly HashSet<string> Known = new(["cos", "exp", "log", "max", "min"], StringComparer.Ordinal);

    public static string Write(FormulaPart part) => part switch
    {
        FormulaPart.Number number => number.Digits,
        FormulaPart.Letter letter => Letter(letter.Name),
        FormulaPart.Function function when Known.Contains(function.Name) => $"\\{function.Name} ",
        FormulaPart.Function function => $"\\operatorname{{{function.Name}}} ",
        FormulaPart.Words words => $"\\;\\text{{{words.Text}}}\\; ",
        FormulaPart.Sign sign => Signs.TryGetValue(sign.Character, out string? latex) ? latex : sign.Character.ToString(),
        FormulaPart.Row row => string.Concat(row.Parts.Select(Write)),
        FormulaPart.Group { Open: '{' } group => $"\\left\\{{{Write(group.Inner)}\\right\\}}",
        FormulaPart.Group group => $"\\left{group.Open}{Write(group.Inner)}\\right{group.Close}",
        FormulaPart.Script script => Write(script.Base).TrimEnd() + Script('_', script.Lower) + Script('^', script.Upper),
        _ => throw new NotSupportedException($"{part.GetType().Name} has no LaTeX"),
    };

    private static string Script(char mark, FormulaPart? script) => script is null ? "" : $"{mark}{{{Write(script).Trim()}}}";

    private static string Letter(string name)
    {
        string letter = Greek.TryGetValue(name[0], out string? greek) ? greek + " " : name[..1];
        string primes = string.Concat(name.Skip(1).Select(prime => prime == '″' ? "''" : "'"));
        return primes.Length == 0 ? letter : letter.TrimEnd() + primes;
    }
}
