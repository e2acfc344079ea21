using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests;

/// <summary>Programs that use declared classes in the usual ways.</summary>
internal static class Users
{
    /// <summary>A program that uses each class of a text that could have a generated part.</summary>
    public static string Of(string declarations)
    {
        var types = CSharpSyntaxTree.ParseText(declarations, Declared.ParseOptions).GetRoot().DescendantNodes()
            .OfType<ClassDeclarationSyntax>()
            .Where(type => type is { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax, TypeParameterList: null }
                && type.Modifiers.Any(SyntaxKind.PartialKeyword)
                && !type.Modifiers.Any(SyntaxKind.StaticKeyword) && !type.Modifiers.Any(SyntaxKind.FileKeyword))
            .ToList();
        var lines = new List<string>();
        for (int i = 0; i < types.Count; i++)
        {
            if (Names(types[i]).Contains("Model")) lines.AddRange(Model(types[i], $"net{i}"));
            else if (Names(types[i]).FirstOrDefault(name => name.StartsWith("Trainer<", StringComparison.Ordinal)) is { } trainer)
                {
                bool isModel = types.Any(type => $"Trainer<{type.Identifier.Text}>" == trainer && Names(type).Contains("Model"));
                lines.AddRange(Trainer(types[i], trainer["Trainer<".Length..^1], isModel, $"trainer{i}"));
            }
        }

        return $$"""
            using System;
            using Dsl.Runtime;
            using TorchSharp;
            using static TorchSharp.torch;
            internal static class User
            {
                internal static void Use(InMemoryData data, Tensor x)
                {
                    {{string.Join("\n        ", lines)}}
                }
            }
            """;
    }

    private static IEnumerable<string> Model(ClassDeclarationSyntax type, string variable)
    {
        string name = type.Identifier.Text;
        if (type.Members.Any(member => member.Modifiers.Any(SyntaxKind.RequiredKeyword))) yield break;
        string arguments = string.Join(", ", Enumerable.Repeat("default!", type.ParameterList?.Parameters.Count ?? 0));
        yield return $"using var {variable} = new {name}({arguments});";
        if (type.BaseList is not null || type.ParameterList is not null) yield break;
        var forward = type.Members.OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.Text == "Forward");
        int inputs = forward?.ParameterList.Parameters.Count
            ?? 1 + Names(type).Count(attribute => attribute is "Input" or "EdgeList" or "EdgeFeatures" or "GraphSizes"
                or "Lengths");
        yield return $"nn.Module module{variable} = {variable};";
        yield return $"{variable}.eval(); {variable}.Arena.ToString(); Console.WriteLine({name}.ParameterCount);";
        yield return $"using var other{variable} = new {name}(new Generator());";
        string tensors = string.Join(", ", Enumerable.Repeat("x", inputs));
        if (inputs <= 6) yield return $"var output{variable} = {variable}.forward({tensors});";
    }

    private static IEnumerable<string> Trainer(ClassDeclarationSyntax type, string network, bool isModel, string variable)
    {
        string name = type.Identifier.Text;
        var attributes = Names(type);
        string teacher = attributes.FirstOrDefault(attribute => attribute.StartsWith("Distill<", StringComparison.Ordinal))
            is not { } distill ? ""
            : type.AttributeLists.ToString().Contains("Ensemble", StringComparison.Ordinal)
                ? $", new[] {{ new {distill["Distill<".Length..^1]}() }}"
            : $", new {distill["Distill<".Length..^1]}()";
        string? judged = attributes.FirstOrDefault(attribute => attribute.StartsWith("Gan<", StringComparison.Ordinal)
            || attribute.StartsWith("Wgan", StringComparison.Ordinal));
        judged ??= attributes.FirstOrDefault(attribute => attribute.StartsWith("CycleGan<", StringComparison.Ordinal));
        if (judged is not null)
            teacher = string.Concat(judged[(judged.IndexOf('<') + 1)..^1].Split(',').Select(other => $", new {other.Trim()}()"));
        string model = isModel && !type.Parent!.ToString().Contains(" required ", StringComparison.Ordinal) ? $"new {network}()"
            : "null!";
        bool isSpecial = (teacher.Length > 0 && judged is null)
            || attributes.Any(attribute => attribute is "MeanTeacher" or "EarlyStopping" or "Checkpoint" or "Distill");
        if (!attributes.Contains("Distill"))
        {
            yield return $"using var {variable} = new {name}({model}{teacher});";
            yield return $"using var on{variable} = new {name}({model}{teacher}, CPU);";
        }
        else
        {
            yield return $"{name} {variable} = null!;";
        }

        yield return $"{variable}.Seed = 3; {variable}.BatchSize = 4; {variable}.Save(\"file\"); {variable}.Resume(\"file\");";
        if (attributes.Contains("Adam")) yield return $"{variable}.LearningRate = 0.1; {variable}.Beta1 = 0.8;";
        if (attributes.Contains("MeanTeacher"))
            yield return $"{variable}.MeanTeacherEma = 0.9; var teacher{variable} = {variable}.Teacher;";
        yield return $"long steps{variable} = {variable}.StepCount; var model{variable} = {variable}.Model;";
        yield return $"{name}.Batch batch{variable} = null!;";
        yield return $"var losses{variable} = {variable}.Step(batch{variable}); var total{variable} = losses{variable}.Total;";
        if (attributes.Contains("CrossEntropy") && !type.ToString().Contains("Of =", StringComparison.Ordinal))
            yield return $"var term{variable} = losses{variable}.CrossEntropy;";

        // What learns from an environment is given that; what learns without labels has none to be held against.
        bool acts = attributes.Contains("Dqn");

        // No class has a member of its own name.
        if (!isSpecial && !acts && name != "Fit" && !type.ToString().Contains("Input(", StringComparison.Ordinal)
            && (attributes.Contains("Epochs") || attributes.Contains("Steps")))
        {
            // One of the data sets is the trainer's own, also where each objective has been given another.
            var own = Regex.Matches(type.ToString(), "Data = (\"[^\"]*\")").Select(match => match.Groups[1].Value).ToList();
            bool hasNone = own.Count > 0 && own.Count == type.ToString().Split("Of = ").Length - 1;
            string sources = string.Join(", ", Enumerable.Repeat("data", own.Distinct().Count() + (hasNone ? 0 : 1)));
            yield return $"TrainingReport report{variable} = {variable}.Fit({sources});";
        }

        bool hasLabels = judged is null && !acts
            && !attributes.Any(attribute => attribute is "MaskedLanguageModel" or "BidirectionalLanguageModel");
        if (hasLabels && !type.ToString().Contains("Input(", StringComparison.Ordinal))
            yield return $"Console.WriteLine({variable}.Evaluate(data));";
    }

    private static List<string> Names(ClassDeclarationSyntax type) =>
        [.. type.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => attribute.Name.ToString())];
}
