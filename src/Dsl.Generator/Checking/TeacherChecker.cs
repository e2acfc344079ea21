using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>The teacher that a trainer is given: what the objectives say of it, and whether it predicts what the network
/// does.</summary>
internal static class TeacherChecker
{
    /// <summary>The types that objectives declare as teachers, <c>[Distill&lt;T&gt;]</c>.</summary>
    public static IReadOnlyList<TypeReference> Declared(TrainerDeclaration declaration) => declaration.Attributes
        .Where(attribute => AttributeBinder.Declares<TermAttribute>(attribute)).SelectMany(attribute => attribute.Types)
        .ToList();

    /// <summary>Declared teachers that are models, and only one of them.</summary>
    public static void CheckDeclared(TrainerDeclaration declaration, Findings findings)
    {
        foreach (var teacher in Declared(declaration))
        {
            if (teacher.Model is null)
                findings.Add(Catalogue.TeacherIsNotAModel, teacher.Site, teacher.Name).Offer(WithoutType(declaration, teacher));
            else if (declaration.Type.Accessibility == "public" && teacher.Model.Type.Accessibility != "public")
                findings.Add(Catalogue.LessAccessible, declaration.Type.Site, teacher.Model.Type.Site, declaration.Type.Name,
                    teacher.Name)
                    .Offer(Fix.MakePublic(teacher.Model.Type));
        }

        if (Declared(declaration).FirstOrDefault() is not { } first) return;
        foreach (var other in Declared(declaration).Skip(1)
            .Where(other => other.Model?.Type.FullName != first.Model?.Type.FullName))
            findings.Add(Catalogue.TwoTeachers, other.Site, first.Site, $"'{first.Name}'", $"'{other.Name}'");
    }

    /// <summary>The network of the declared teacher; null when none is declared, or (with an error of its own) when it is not
    /// well-formed.</summary>
    public static NetworkProgram? Network(TrainerDeclaration declaration, Findings own) =>
        Declared(declaration).FirstOrDefault()?.Model is { } model ? ModelChecker.Check(model, own) : null;

    /// <summary>The teacher, or null when no objective takes one.</summary>
    public static TeacherUse? Check(
        TrainerDeclaration declaration, NetworkProgram network, NetworkProgram? taught, List<Bound<TermAttribute>> objectives,
        Findings findings)
    {
        var taking = objectives.Where(objective => Objective.Of(objective).TakesTeacher).ToList();
        if (taking.Count == 0) return null;
        foreach (var objective in taking.Where(_ => network.Inputs.Count > 1))
            findings.Add(
                Catalogue.NeedsSingle, objective.Site, declaration.Model!.Model.Site, objective.Name, declaration.ModelName);
        if (taught is not null) CheckNetworks(declaration, network, taught, taking, findings);
        var asking = taking.Where(objective => Request(objective) is not null).ToList();
        foreach (var objective in taking) Objective.Of(objective).CheckTeacher(objective, declaration, findings);
        string type = Declared(declaration).FirstOrDefault()?.Model?.Type.GlobalName ?? AnyModule;
        bool readsFeatures = CheckFeatures(declaration, network, taught, taking, findings);
        if (asking.Count == 0) return new TeacherUse(Given(type, taught, Ensemble.None), false, "", readsFeatures);
        foreach (var other in asking.Skip(1).Where(other => Differs(asking[0], other)))
            findings.Add(Catalogue.TeacherSettingsDiffer, other.Site, asking[0].Site, other.Name);
        var request = Request(asking[0])!;
        string of = asking[0].Attribute.Of is { } read ? char.ToUpperInvariant(read[0]) + read.Substring(1) : "";
        return new TeacherUse(
            Given(type, taught, request.Ensemble), request.IsCached, asking[0].Name + of + request.Temperature, readsFeatures);
    }

    // The class of a teacher that is not declared.
    private const string AnyModule = "nn.Module<Tensor, Tensor>";

    private static Player Given(string type, NetworkProgram? taught, Ensemble ensemble) => ensemble == Ensemble.None
        ? new Player("givenTeacher", type, taught, new Origin.Given("teacher", ensemble), "The network to learn from")
        : new Player("givenTeachers", type, taught, new Origin.Given("teachers", ensemble), "The networks to learn from");

    /// <summary>Whether objectives read tagged values of the teacher; and, with findings, whether these are there and can be
    /// compared.</summary>
    private static bool CheckFeatures(
        TrainerDeclaration declaration, NetworkProgram network, NetworkProgram? taught, List<Bound<TermAttribute>> taking,
        Findings findings)
    {
        var features = taking.Where(objective => ReadsTag(objective) is not null).ToList();
        var requests = taking.Select(Request).OfType<TeacherRequest>().ToList();
        string? reason = requests.Any(request => request.Ensemble != Ensemble.None)
            ? "the teacher is an ensemble, and the features of several networks have no common meaning: remove Ensemble"
            : requests.Any(request => request.IsCached) ? "CacheTeacher keeps predictions alone: remove it"
            : null;
        foreach (var objective in features)
        {
            string? obstacle = taught is null ? $"no teacher is declared: write [{objective.Name}<TTeacher>(...)]" : reason;
            if (obstacle is not null)
            {
                findings.Add(Catalogue.NoTeacherFeatures, objective.Site, obstacle);
                continue;
            }

            var (name, argument, setting) = ReadsTag(objective)!;
            string of = objective.Attribute.Of!;
            var teacher = Declared(declaration)[0];
            Value? feature = network.FindResult(of)?.Value;
            if (taught!.FindResult(name) is not { } port)
            {
                var tags = taught.Features.Select(feature => feature.Name).ToList();
                string known = string.Join(", ", tags.Select(tag => $"\"{tag}\""));
                findings.Add(Catalogue.UnknownTeacherTag, objective.SiteOf(argument),
                        teacher.Model!.Model.Site, teacher.Name, name, known.Length == 0 ? "no tag"
                            : known + NearName.Question(name, tags))
                    .Offer(NearName.Of(name, tags) is { } near ? objective.Set(setting, BoundFixes.Quoted(near)) : null);
            }
            else if (feature is not null && FeatureAdapter.Axis(feature, port.Value) is null)
            {
                findings.Add(Catalogue.FeaturesDiffer, objective.Site, teacher.Model!.Model.Site,
                    of, declaration.ModelName, feature.Shape.ToString(),
                    name, teacher.Name, port.Value.Shape.ToString(), FeatureAdapter.Obstacle(feature.Shape, port.Value.Shape));
            }
        }

        return features.Count > 0;
    }

    /// <summary>The objective for any module as a teacher, where there is one.</summary>
    private static Fix? WithoutType(TrainerDeclaration declaration, TypeReference teacher) =>
        AttributeBinder.BindAll<TermAttribute>(
            declaration.Attributes.Where(attribute => attribute.Site == teacher.Site), new Findings())
            .FirstOrDefault(objective => Request(objective) is not null) is { } asking
            ? Fix.Rename(teacher.Site, asking.Name)
            : null;

    private static bool Differs(Bound<TermAttribute> a, Bound<TermAttribute> b)
    {
        var (first, second) = (Request(a)!, Request(b)!);
        return first.Ensemble != second.Ensemble || first.IsCached != second.IsCached
            || (first.IsCached && a.Attribute.Of != b.Attribute.Of);
    }

    private static TeacherRequest? Request(Bound<TermAttribute> declared) =>
        Objective.Of(declared).Request(declared.Attribute);

    private static TeacherTag? ReadsTag(Bound<TermAttribute> declared) =>
        Objective.Of(declared).ReadsTag(declared.Attribute);

    private static void CheckNetworks(
        TrainerDeclaration declaration, NetworkProgram network, NetworkProgram taught, List<Bound<TermAttribute>> taking,
        Findings findings)
    {
        var teacher = Declared(declaration)[0];
        Site model = teacher.Model!.Model.Site;
        if (!taught.IsSingle)
        {
            findings.Add(Catalogue.NeedsSingle, teacher.Site, model, taking[0].Name, teacher.Name);
            return;
        }

        if (taught.Input.Type != network.Input.Type)
        {
            findings.Add(Catalogue.TeacherInputDiffers, teacher.Site, model,
                teacher.Name, Describe(taught.Input), declaration.ModelName, Describe(network.Input));
        }

        if (!taught.KnowsResults || !network.KnowsResults) return;
        foreach (var objective in taking.Where(objective => Objective.Of(objective).Reads != Prediction.Values))
        {
            Value? read = objective.Attribute.Of is { } of ? network.FindResult(of)?.Value : network.Results[0].Value;
            if (read is not null && read.Shape != taught.Results[0].Value.Shape)
            {
                findings.Add(Catalogue.TeacherOutputDiffers, objective.Site, model,
                    teacher.Name, taught.Results[0].Value.Shape.ToString(), objective.Name, read.Shape.ToString(),
                    declaration.ModelName);
            }
        }
    }

    private static string Describe(Value input) =>
        input.Type.Element == ElementType.Float ? input.Shape.ToString() : $"{input.Shape} integers";
}
