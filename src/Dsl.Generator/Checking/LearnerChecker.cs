using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;
using Dsl.Generator.Schemes;

namespace Dsl.Generator.Checking;

/// <summary>The networks that schemes train beside the trainer's model, and the optimizers of all.</summary>
internal static class LearnerChecker
{
    /// <summary>The type arguments of a scheme that are not networks.</summary>
    public static IEnumerable<TypeReference> Policies(AttributeDeclaration attribute) =>
        attribute.Types.Take(attribute.Types.Count - CountNetworks(attribute));

    /// <summary>The type arguments of schemes that are trained.</summary>
    public static IReadOnlyList<TypeReference> Declared(TrainerDeclaration declaration) =>
        declaration.Attributes.SelectMany(Networks).ToList();

    /// <summary>Type arguments that are models, and can be seen where the trainer can.</summary>
    public static void CheckDeclared(TrainerDeclaration declaration, Findings findings)
    {
        foreach (var type in Declared(declaration))
        {
            if (type.Model is null)
            {
                findings.Add(Catalogue.NotAModel, type.Site, type.Name);
            }
            else if (declaration.Type.Accessibility == "public" && type.Model.Type.Accessibility != "public")
            {
                findings.Add(
                    Catalogue.LessAccessible, declaration.Type.Site, type.Model.Type.Site, declaration.Type.Name, type.Name)
                    .Offer(Fix.MakePublic(type.Model.Type));
            }
        }
    }

    /// <summary>The networks of declared models; fewer, with errors of their own, where one is not well-formed.</summary>
    public static IReadOnlyList<LearnedNetwork> Networks(IReadOnlyList<TypeReference> types, Findings own, Findings findings)
    {
        var networks = new List<LearnedNetwork>();
        foreach (var type in types)
        {
            var found = new Findings();
            var network = ModelChecker.Check(type.Model!, found);
            if (found.FirstError is { } error)
            {
                own.Add(Catalogue.ById[error.Id], error.Site, [.. error.Arguments]);
                if (!type.Model!.Type.IsSource)
                    findings.Add(Catalogue.UnreadableModel, type.Site, type.Name, error.Id);
            }

            if (network is not null) networks.Add(new LearnedNetwork(type.Name, type.Model!.Model.Site, network));
        }

        return networks;
    }

    /// <summary>The networks by the models that declare them, in full.</summary>
    public static IReadOnlyDictionary<string, NetworkProgram> ByModel(
        TrainerDeclaration declaration, IReadOnlyList<LearnedNetwork> learners) =>
        Declared(declaration).Zip(learners, (type, learner) => (Model: type.Model!.Type.GlobalName, learner.Network))
            .GroupBy(pair => pair.Model).ToDictionary(same => same.Key, same => same.First().Network);

    /// <summary>Each scheme against the networks that it trains.</summary>
    public static void CheckNetworks(
        TrainerDeclaration declaration, NetworkProgram network, IReadOnlyList<LearnedNetwork> learners,
        IReadOnlyList<Bound<SchemeAttribute>> schemes, Findings findings)
    {
        var model = new LearnedNetwork(declaration.ModelName, declaration.Model!.Model.Site, network);
        var embedder = Embedder(declaration, network, learners, schemes);
        foreach (var (scheme, own) in OfSchemes(schemes, learners))
        {
            var meaning = Scheme.Of(scheme.Attribute);
            var unfit = own.Where(other => !meaning.Fits(scheme.Attribute, other.Network)).ToList();
            foreach (var other in unfit)
                findings.Add(Catalogue.NeedsSingle, scheme.Site, other.Site, scheme.Name, other.Name);
            if (!meaning.Fits(scheme.Attribute, network) || unfit.Count > 0) continue;
            meaning.CheckNetworks(scheme, [model, .. own], findings);
            if (embedder.Network.IsSingle) meaning.CheckEmbeddings(scheme, embedder, own, findings);
            foreach (var head in own.Skip(meaning.Learners.Count).Where(_ => meaning.HeadsStandBehindModel))
                CheckHead(scheme, head, meaning.IsPart ? model : embedder, meaning.PredictsEmbeddings, findings);
        }
    }

    /// <summary>The network whose outputs are compared: a head that a scheme puts behind the trained one, or that
    /// itself.</summary>
    public static LearnedNetwork Embedder(
        TrainerDeclaration declaration, NetworkProgram network, IReadOnlyList<LearnedNetwork> learners,
        IReadOnlyList<Bound<SchemeAttribute>> schemes) => OfSchemes(schemes, learners)
        .Where(part => Scheme.Of(part.Scheme.Attribute) is { IsPart: true, Heads.Count: > 0 })
        .Select(part => part.Own[0])
        .FirstOrDefault() ?? new LearnedNetwork(declaration.ModelName, declaration.Model!.Model.Site, network);

    // Each scheme with the networks that it names.
    private static IEnumerable<(Bound<SchemeAttribute> Scheme, IReadOnlyList<LearnedNetwork> Own)> OfSchemes(
        IReadOnlyList<Bound<SchemeAttribute>> schemes, IReadOnlyList<LearnedNetwork> learners)
    {
        int first = 0;
        foreach (var scheme in schemes)
        {
            int count = CountNetworks(scheme.Declaration);
            yield return (scheme, learners.Skip(first).Take(count).ToList());
            first += count;
        }
    }

    // A head stands behind another network; one that predicts gives what that gives.
    private static void CheckHead(
        Bound<SchemeAttribute> scheme, LearnedNetwork head, LearnedNetwork behind, bool predicts, Findings findings)
    {
        if (!behind.Network.KnowsResults) return;
        TensorType returned = behind.Network.Results[0].Value.Type;
        TensorType given = Scheme.Of(scheme.Attribute).HeadTakes(scheme.Attribute, returned);
        if (head.Network.Input.Type != given)
        {
            string what = given == returned ? $"'{behind.Name}' returns {given}"
                : $"is given {given}, {Scheme.Of(scheme.Attribute).HeadIsGiven(behind.Name)}";
            findings.Add(Catalogue.SchemeNeeds, scheme.Site, head.Site, scheme.Name, "a head that takes what it stands behind",
                $"'{head.Name}' takes {head.Network.Input.Type} and {what}",
                given.Shape.Rank == 2 ? $"write [Model({given.Shape[1]})] on '{head.Name}'" : "give both the same shape");
        }

        if (!head.Network.KnowsResults) return;
        Shape gives = head.Network.Results[0].Value.Shape;
        if (Scheme.Of(scheme.Attribute).HeadLogits(scheme.Attribute) is { } logits && gives != Shape.Of(gives[0], logits))
        {
            findings.Add(Catalogue.SchemeNeeds, scheme.Site, head.Site, scheme.Name,
                $"a head that gives {logits} logits, [N, {logits}]", $"'{head.Name}' returns {gives}",
                $"let it end with {logits} numbers");
        }
        else if (predicts && head.Network.Input.Type == given && head.Network.Results[0].Value.Type != given)
        {
            findings.Add(Catalogue.SchemeNeeds, scheme.Site, head.Site, scheme.Name,
                "a predictor that returns what it takes",
                $"'{head.Name}' takes {given} and returns {head.Network.Results[0].Value.Type}",
                $"let it end with {given.Shape[-1]} numbers");
        }
    }

    /// <summary>One optimizer for each network that is trained, and none for another.</summary>
    /// <param name="missing">Takes what says that an optimizer is missing.</param>
    public static void CheckOptimizers(
        TrainerDeclaration declaration, IReadOnlyList<Bound<SchemeAttribute>> schemes,
        IReadOnlyList<Bound<OptimizerAttribute>> optimizers, Findings findings, Findings missing)
    {
        var learners = schemes.SelectMany(scheme => Scheme.Of(scheme.Attribute).Learners).ToList();
        foreach (var unknown in optimizers.Where(optimizer =>
            optimizer.Attribute.For.Length > 0 && !learners.Contains(optimizer.Attribute.For)))
        {
            string known = learners.Count == 0 ? "there is none"
                : string.Join(", ", learners.Select(learner => $"\"{learner}\""))
                    + NearName.Question(unknown.Attribute.For, learners);
            findings.Add(Catalogue.OptimizerForNone, unknown.SiteOf(nameof(OptimizerAttribute.For)), unknown.Attribute.For,
                    unknown.Name, declaration.Type.Name, known)
                .Offer(unknown.Correct(nameof(OptimizerAttribute.For), unknown.Attribute.For, learners),
                    unknown.Remove(nameof(OptimizerAttribute.For)));
        }

        foreach (string learner in learners.Prepend(""))
        {
            var own = optimizers.Where(optimizer => optimizer.Attribute.For == learner).ToList();
            foreach (var second in own.Skip(1))
            {
                string whose = learner.Length == 0 ? "" : $" of the {Casing.Variable(learner)}";
                var finding = findings.Add(
                    Catalogue.SeveralOptimizers, second.Site, own[0].Site, own[0].Name, second.Name, whose);
                string? lacking = learners.FirstOrDefault(other => optimizers.All(optimizer => optimizer.Attribute.For != other));
                finding.Offer(lacking is null ? null : second.Set(nameof(OptimizerAttribute.For), BoundFixes.Quoted(lacking)),
                    second.Remove(), own[0].Remove());
            }

            if (own.Count > 0) continue;
            var last = declaration.Attributes[declaration.Attributes.Count - 1];
            if (learner.Length == 0)
            {
                missing.Add(Catalogue.NoOptimizer, declaration.Type.Site, declaration.Type.Name)
                    .Offer(Fix.Add("Adam(1e-3)", last.Site));
                continue;
            }

            var scheme = schemes.First(scheme => Scheme.Of(scheme.Attribute).Learners.Contains(learner));
            missing.Add(Catalogue.NoOptimizerFor, scheme.Site, scheme.Name, Casing.Variable(learner), learner)
                .Offer(Fix.Add($"Adam(2e-4, For = \"{learner}\")", last.Site));
        }
    }

    /// <summary>The networks that schemes train and no optimizer is for.</summary>
    public static IEnumerable<string> WithoutOptimizer(TrainerDeclaration declaration)
    {
        var given = declaration.Attributes.Select(AttributeBinder.Read<OptimizerAttribute>).OfType<OptimizerAttribute>()
            .Select(optimizer => optimizer.For).ToList();
        return declaration.Attributes.SelectMany(Learners).Where(learner => !given.Contains(learner)).Distinct();
    }

    private static IEnumerable<TypeReference> Networks(AttributeDeclaration attribute) =>
        attribute.Types.Skip(attribute.Types.Count - CountNetworks(attribute));

    // A wrong number of type arguments is an error of C#'s.
    private static int CountNetworks(AttributeDeclaration attribute) =>
        AttributeBinder.Read<SchemeAttribute>(attribute) is not { } scheme ? 0
        : System.Math.Min(attribute.Types.Count, Scheme.Of(scheme).Learners.Count + Scheme.Of(scheme).Heads.Count);

    private static IReadOnlyList<string> Learners(AttributeDeclaration attribute) =>
        AttributeBinder.Read<SchemeAttribute>(attribute) is { } scheme ? Scheme.Of(scheme).Learners : [];
}
