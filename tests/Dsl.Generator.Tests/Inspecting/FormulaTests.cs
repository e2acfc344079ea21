using Dsl.Generator.Notation;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;
using Dsl.Inspect;
using Dsl.Inspect.Formulas;
using Xunit;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>Notations of techniques as formulas, and what their letters stand for.</summary>
public class FormulaTests
{
    public static TheoryData<string> Objectives() => [.. typeof(Objective).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Objective)) && !type.IsAbstract && !type.IsGenericTypeDefinition)
        .Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Every_letter_of_an_objective_is_explained(string name)
    {
        var objective = (Objective)Activator.CreateInstance(
            typeof(Objective).Assembly.GetType($"{typeof(Objective).Namespace}.{name}", throwOnError: true)!)!;
        var attribute = Default(objective.Attribute);
        var own = TotalFormula.Explain(objective.Symbols(attribute), attribute, property => name + property);
        Explained(name, objective.Describe(attribute), own);
    }

    [Fact]
    public void Every_letter_of_a_documented_trainer_is_explained()
    {
        var terms = Directory.GetFiles(Pages.Folder, "*.md")
            .SelectMany(page => Pages.Examples(Path.GetFileName(page)))
            .SelectMany(example => Inspected.Of(example).Types.OfType<InspectedTrainer>())
            .SelectMany(trainer => trainer.Program().Terms)
            .ToList();
        Assert.NotEmpty(terms);
        Assert.All(terms, term => Explained(term.Name, term.Notation, term.Symbols));
    }

    [Theory]
    [InlineData("CrossEntropy, MeanTeacher", "Consistency")]
    [InlineData("CrossEntropy, AugMix", "JensenShannon")]
    public void Every_letter_of_a_term_that_is_no_objective_is_explained(string declared, string name)
    {
        var trainer = (InspectedTrainer)Inspected.One(
            Samples.Header + Samples.Residual
                + $"[Trainer<SmallResNet>, {declared}, Adam, Epochs(1)] public partial class Regularised;", "Regularised");
        var term = trainer.Program().Terms.Single(term => term.Name == name);
        Explained(name, term.Notation, term.Symbols);
    }

    [Theory]
    [InlineData("−mean (1 − p[y])^γ·log p[y], p = softmax(z)",
        "-\\operatorname{mean} \\left(1-p_{y}\\right)^{\\gamma}\\cdot \\log p_{y},\\; p=\\operatorname{softmax} "
        + "\\left(z\\right)")]
    [InlineData("T²·KL(softmax(z_t/T) ‖ softmax(z/T))",
        "T^{2}\\cdot \\operatorname{KL} \\left(\\operatorname{softmax} "
        + "\\left(z_{t}/T\\right)\\,\\Vert\\,\\operatorname{softmax} \\left(z/T\\right)\\right)")]
    [InlineData("mean (1/K)·Σ_{k≠y} max(0, m − z[y] + z[k])²",
        "\\operatorname{mean} \\left(1/K\\right)\\cdot \\sum_{k\\ne y}\\max \\left(0,\\; m-z_{y}+z_{k}\\right)^{2}")]
    [InlineData("p_d^(1/T), p_d = a where y, else b", "p_{d}^{1/T},\\; p_{d}=a\\;\\text{where}\\; y,\\; \\;\\text{else}\\; b")]
    [InlineData("z″ ⊕ z'", "z''⊕z'")]
    public void Notation_as_latex(string notation, string latex) =>
        Assert.Equal(latex, LatexWriter.Write(FormulaReader.Read(notation)));

    [Fact]
    public void Notation_as_mathml() => Assert.Equal(
        "<math display=\"block\"><mrow><msup><mi>T</mi><mn>2</mn></msup><mo>·</mo><mi>KL</mi><mrow><mo>(</mo><mrow>"
        + "<mi>log</mi><mspace width=\"0.2em\" /><msub><mi>z</mi><mi>t</mi></msub></mrow><mo>)</mo></mrow></mrow></math>",
        MathMlWriter.Write(FormulaReader.Read("T²·KL(log z_t)")).ToString(System.Xml.Linq.SaveOptions.DisableFormatting));

    [Fact]
    public void A_sum_is_called_one()
    {
        var trainer = (InspectedTrainer)Inspected.One(Samples.Header + Samples.Mlp
            + "[Trainer<Mlp>, CrossEntropy(Reduction = Reduction.Sum), Adam, Epochs(1)] public partial class Summed;", "Summed");
        Assert.Equal("−sum log softmax(z)[y]", TotalFormula.Of(trainer.Program()));
    }

    [Fact]
    public void What_a_term_defines_stands_at_the_end()
    {
        var trainer = (InspectedTrainer)Inspected.One(Inspected.Mixed, "MixedTrainer");
        Assert.Equal("0.5·(−mean log softmax(z)[y]) + (−mean α[y]·(1 − p[y])^γ·log p[y]), p = softmax(z)",
            TotalFormula.Of(trainer.Program()));
    }

    private static void Explained(string name, string notation, IReadOnlyList<ExplainedSymbol> own)
    {
        var unexplained = FormulaSymbols.Unexplained(notation, own);
        Assert.True(unexplained.Count == 0,
            $"{name}: nobody says what {string.Join(", ", unexplained)} of \"{notation}\" stands for; add it to Symbols in "
            + $"the technique's file");
    }

    /// <summary>An attribute with the defaults of its constructor, and a name where it asks for one.</summary>
    private static TermAttribute Default(Type type)
    {
        var constructor = type.GetConstructors()[0];
        var arguments = constructor.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType == typeof(string) ? "features" : Activator.CreateInstance(parameter.ParameterType));
        return (TermAttribute)constructor.Invoke([.. arguments]);
    }
}
